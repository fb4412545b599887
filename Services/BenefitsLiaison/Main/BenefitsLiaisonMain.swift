import BenefitsLiaison
import Host

@main
enum Main {
    static func main() { ServiceProcess<BenefitsLiaison>.main() }
}
