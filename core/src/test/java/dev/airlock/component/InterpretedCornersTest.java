package dev.airlock.component;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same corner cases with interpreted plans. */
class InterpretedCornersTest extends CornersTest {
    @BeforeEach
    void interpret() {
        WaveCalls.interpret(true);
    }

    @AfterEach
    void compile() {
        WaveCalls.interpret(false);
    }
}
