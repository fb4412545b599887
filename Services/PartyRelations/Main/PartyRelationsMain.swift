import Host
import PartyRelations

@main
enum Main {
    static func main() { ServiceProcess<PartyRelations>.main() }
}
