"""The version of the engine, raised whenever the same tables and facts could come to another advice than before."""

ENGINE_VERSION = "2"
