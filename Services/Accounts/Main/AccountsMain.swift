import Accounts
import Host

@main
enum Main {
    static func main() { ServiceProcess<Accounts>.main() }
}
