import Hummingbird
import Mustache
import Configuration
import ServiceLifecycle
import Yams
import COpenSSL
import CCurl
import Database
import Rules
public enum Server {}
