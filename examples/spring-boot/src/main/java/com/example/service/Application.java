package com.example.service;

import dev.airlock.Airlock;
import dev.airlock.Guest;
import dev.airlock.pool.Pool;
import dev.airlock.pool.PoolOptions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Each request borrows an instance of the guest; no request sees what another left in the guest's memory. */
@SpringBootApplication
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    /** Compiled once, when the service starts. */
    @Bean(destroyMethod = "close")
    Guest guest() {
        return Airlock.open(Application.class, "/kit.wasm").imports("env", new GuestLog());
    }

    @Bean(destroyMethod = "close")
    Pool pool(Guest guest) {
        return guest.pooled(PoolOptions.size(8).prefill(2));
    }

    @Bean
    Names.Repeater repeater(Pool pool) {
        return pool.as(Names.Repeater.class);
    }
}
