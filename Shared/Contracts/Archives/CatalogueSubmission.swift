import Domain

/// The enterprise enters what is in a file that it hands over: its line of the register (移交名册) and its catalogue
/// (第九条（一）、（二）、第十五条（三）). Entered again, it replaces what was entered before; the bureau compares it with the
/// file and receives it.
public struct SubmitCatalogue: Command {
    public static let name = "archives.catalogue.submit"
    public static let roles: Set<Role> = [.enterprise]
    public typealias Reply = Done

    public var person: PersonID
    public var scheme: FileScheme
    public var volumes: Int
    public var catalogue: [CatalogueEntry]
    public var missing: [MissingMaterial]

    public init(
        person: PersonID, scheme: FileScheme, volumes: Int, catalogue: [CatalogueEntry], missing: [MissingMaterial]
    ) {
        self.person = person
        self.scheme = scheme
        self.volumes = volumes
        self.catalogue = catalogue
        self.missing = missing
    }
}

/// The enterprise has entered a file's catalogue.
public struct CatalogueSubmitted: PersonEvent {
    public static let name = "archives.catalogue.submitted"
    public static let title = "企业登记档案目录"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

extension SubmitCatalogue: Step {
    public static let title = "登记移交名册和目录"
    public static let article = Article(number: 9, paragraph: 2)

    public static let fields = [
        ReceiveFile.schemeField.description, ReceiveFile.volumesField.description,
        ReceiveFile.catalogueField.description, ReceiveFile.missingField.description,
    ]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, scheme: filling(ReceiveFile.schemeField), volumes: filling(ReceiveFile.volumesField),
            catalogue: filling(ReceiveFile.catalogueField), missing: filling(ReceiveFile.missingField))
    }
}
