package com.example.plugins;

/** What a plug-in has to export: {@code price: func(cents: s32) -> s32}. */
public interface Pricing {
    int price(int cents);
}
