package dev.airlock.json;

class JsonRuleTest extends RuleContract {
    JsonRuleTest() {
        super(new JsonCodec());
    }
}
