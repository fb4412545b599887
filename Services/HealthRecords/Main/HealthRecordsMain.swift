import HealthRecords
import Host

@main
enum Main {
    static func main() { ServiceProcess<HealthRecords>.main() }
}
