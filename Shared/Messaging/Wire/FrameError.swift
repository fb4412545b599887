/// Why bytes are not a frame. `code` is stable; `message` tells the writer of a peer what to mend.
public struct FrameError: Error, Equatable, Sendable {
    public let code: String
    public let message: String

    static let parts = FrameError(code: "frame.parts", message: "一条总线消息只有一个数据部分，请按协议文档组包")
    static let short = FrameError(code: "frame.short", message: "消息头不完整，请按协议文档组包")
    static let magic = FrameError(code: "frame.magic", message: "消息不是以字节 0x4A 开头，请检查是否连错了端口")
    static let version = FrameError(code: "frame.version", message: "协议版本既非 1 也非 2，请升级本方程序或改用共同的版本")
    static let kind = FrameError(code: "frame.kind", message: "消息种类未知，请对照协议文档")
    static let status = FrameError(code: "frame.status", message: "状态字节未知，请对照协议文档")
    static let text = FrameError(code: "frame.text", message: "名称不是 UTF-8 文本，请按协议文档编码")
    static let time = FrameError(
        code: "frame.time", message: "等待时间为负数：版本 2 请用剩余毫秒数，版本 1 请用 1970 年以来的毫秒数")
}
