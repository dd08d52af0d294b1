package com.example.plugins;

/** The export that a plug-in must have: {@code price: func(cents: s32) -> s32}. */
public interface Pricing {
    int price(int cents);
}
