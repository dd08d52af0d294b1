package dev.airlock.json;

class JsonFormsTest extends FormsContract {
    JsonFormsTest() {
        super(new JsonCodec());
    }
}
