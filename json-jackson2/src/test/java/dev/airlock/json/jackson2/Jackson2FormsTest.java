package dev.airlock.json.jackson2;

import dev.airlock.json.FormsContract;

class Jackson2FormsTest extends FormsContract {
    Jackson2FormsTest() {
        super(new Jackson2Codec());
    }
}
