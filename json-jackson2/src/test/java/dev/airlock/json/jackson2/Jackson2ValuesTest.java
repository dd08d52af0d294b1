package dev.airlock.json.jackson2;

import dev.airlock.json.ValuesContract;

class Jackson2ValuesTest extends ValuesContract {
    Jackson2ValuesTest() {
        super(new Jackson2Codec());
    }
}
