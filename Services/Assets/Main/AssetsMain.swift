import Assets
import Host

@main
enum Main {
    static func main() { ServiceProcess<Assets>.main() }
}
