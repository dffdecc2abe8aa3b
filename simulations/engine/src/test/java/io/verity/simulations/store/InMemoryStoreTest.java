package io.verity.simulations.store;

class InMemoryStoreTest extends ResultStoreContract {
    @Override
    ResultStore open() {
        return new InMemoryStore();
    }
}
