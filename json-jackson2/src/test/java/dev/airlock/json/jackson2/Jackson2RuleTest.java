package dev.airlock.json.jackson2;

import dev.airlock.json.RuleContract;

class Jackson2RuleTest extends RuleContract {
    Jackson2RuleTest() {
        super(new Jackson2Codec());
    }
}
