"""A rule set made public: as a document for people, as a record for the Algoritmeregister, as DMN for other engines."""
