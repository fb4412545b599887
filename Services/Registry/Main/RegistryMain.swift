import Host
import Registry

@main
enum Main {
    static func main() { ServiceProcess<Registry>.main() }
}
