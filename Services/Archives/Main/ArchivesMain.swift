import Archives
import Host

@main
enum Main {
    static func main() { ServiceProcess<Archives>.main() }
}
