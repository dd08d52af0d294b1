package dev.airlock.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.limit.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static InetSocketAddress number(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(
                InetAddress.getByAddress(InetAddress.getByName(address).getAddress()), port);
    }

    @Test
    void nobodyIsReachedByDefault() throws UnknownHostException {
        assertThat(AddressPolicy.none().allows(number("127.0.0.1", 80))).isFalse();
        assertThat(AddressPolicy.none().allowsName("localhost")).isFalse();
        assertThat(Sandbox.open(WasiCtx.builder().build(), Limits.defaults())
                        .addresses()
                        .allows(number("127.0.0.1", 80)))
                .isFalse();
    }

    @Test
    void networksHaveTheirBitsAndPorts() throws UnknownHostException {
        AddressPolicy policy =
                AddressPolicy.none().allow("10.16.0.0/12", 80, 90).allow("2001:db8::/33", 443);
        assertThat(policy.allows(number("10.16.0.0", 80))).isTrue();
        assertThat(policy.allows(number("10.31.255.255", 90))).isTrue();
        assertThat(policy.allows(number("10.32.0.0", 80))).isFalse();
        assertThat(policy.allows(number("10.16.0.0", 79))).isFalse();
        assertThat(policy.allows(number("10.16.0.0", 91))).isFalse();
        assertThat(policy.allows(number("2001:db8:7fff::1", 443))).isTrue();
        assertThat(policy.allows(number("2001:db8:8000::1", 443))).isFalse();
        assertThat(policy.allowsName("10.16.0.0/12")).isFalse();
    }

    @Test
    void anAddressOfOneFamilyIsNoneOfTheOther() throws UnknownHostException {
        AddressPolicy policy = AddressPolicy.none().allow("0.0.0.0/0", 0, 65_535);
        assertThat(policy.allows(number("255.1.2.3", 1))).isTrue();
        assertThat(policy.allows(number("::1", 1))).isFalse();
    }

    @Test
    void namesAreComparedAndNeverAskedFor() {
        AddressPolicy policy = AddressPolicy.none().allow("API.example.com", 443);
        assertThat(policy.allowsName("api.EXAMPLE.com")).isTrue();
        assertThat(policy.allowsName("api.example.com.evil.org")).isFalse();
        assertThat(policy.allows(InetSocketAddress.createUnresolved("api.example.com", 443)))
                .isTrue();
        assertThat(policy.allows(InetSocketAddress.createUnresolved("api.example.com", 80)))
                .isFalse();
        assertThat(policy.allows(InetSocketAddress.createUnresolved("example.com", 443)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "*.example.com", "a b", "10.0.0.0/33", "10.0.0.0/x", "name/8", "300.1.1.1", "::g:1"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> AddressPolicy.none().allow(host, 80)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void portsAreInOrder() {
        assertThatThrownBy(() -> AddressPolicy.none().allow("::1", 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ports go from 0 to 65535: 2..1");
        assertThatThrownBy(() -> AddressPolicy.none().allow("::1", 1, 65_536))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
