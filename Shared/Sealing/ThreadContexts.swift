import CCrypto
import Glibc

/// The working contexts of one thread, freed when the thread ends (pthread_key_create(3)). Allocating them anew costs
/// more than hashing or sealing a short value.
final class ThreadContexts {
    let hash = HashContext.make()
    let cipher = CipherContext.make()

    deinit {
        EVP_MD_CTX_free(hash)
        EVP_CIPHER_CTX_free(cipher)
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let result = pthread_key_create(&key) { contexts in
            if let contexts { Unmanaged<ThreadContexts>.fromOpaque(contexts).release() }
        }
        if result != 0 { outOfService("pthread_key_create") }
        return key
    }()

    /// The calling thread's contexts. They must not be kept across a suspension point.
    static var current: ThreadContexts {
        if let existing = pthread_getspecific(key) {
            return Unmanaged<ThreadContexts>.fromOpaque(existing).takeUnretainedValue()
        }
        let contexts = ThreadContexts()
        if pthread_setspecific(key, Unmanaged.passRetained(contexts).toOpaque()) != 0 {
            outOfService("pthread_setspecific")
        }
        return contexts
    }
}
