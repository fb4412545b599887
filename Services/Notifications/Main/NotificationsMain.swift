import Host
import Notifications

@main
enum Main {
    static func main() { ServiceProcess<Notifications>.main() }
}
