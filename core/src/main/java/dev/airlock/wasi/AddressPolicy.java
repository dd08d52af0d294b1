package dev.airlock.wasi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts and ports a guest may talk to; by default none. Immutable.
 *
 * <p>Preview 1 has no call that opens a connection, so only guests of WASI 0.2 are bound by it. A name stands for what it
 * resolves to when the guest looks it up; a guest that was given a name is not given the addresses behind it in advance.
 */
public final class AddressPolicy {
    private static final AddressPolicy NONE = new AddressPolicy(List.of());
    private static final int MAX_PORT = 65_535;
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<Rule> rules;

    /** A name in lower case, or a network by its address and the number of its leading bits. */
    private record Rule(@Nullable String name, @Nullable InetAddress network, int bits, int firstPort, int lastPort) {
        boolean hasPort(int port) {
            return port >= firstPort && port <= lastPort;
        }

        boolean contains(InetAddress address) {
            if (network == null) {
                return false;
            }
            byte[] wanted = network.getAddress();
            byte[] given = address.getAddress();
            if (wanted.length != given.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit & 7);
                if ((wanted[bit >>> 3] & mask) != (given[bit >>> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private AddressPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Nobody. */
    public static AddressPolicy none() {
        return NONE;
    }

    /** The same, and one port of a host. */
    public AddressPolicy allow(String host, int port) {
        return allow(host, port, port);
    }

    /**
     * The same, and some ports of a host.
     *
     * @param host a name, as in {@code "api.example.com"}; an address, as in {@code "192.0.2.7"} or {@code "::1"}; or a
     *     network, as in {@code "10.0.0.0/8"}. Names are compared without regard to case, and none has wildcards
     * @throws IllegalArgumentException if it is none of these, or the ports are none
     */
    public AddressPolicy allow(String host, int firstPort, int lastPort) {
        if (firstPort < 0 || lastPort > MAX_PORT || firstPort > lastPort) {
            throw new IllegalArgumentException("ports go from 0 to 65535: " + firstPort + ".." + lastPort);
        }
        var more = new ArrayList<>(rules);
        more.add(rule(host, firstPort, lastPort));
        return new AddressPolicy(more);
    }

    private static Rule rule(String host, int firstPort, int lastPort) {
        int slash = host.indexOf('/');
        String address = slash < 0 ? host : host.substring(0, slash);
        if (!LITERAL.matcher(address).matches()) {
            if (slash >= 0 || host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '*' || c == ':')) {
                throw new IllegalArgumentException("no name, address or network: " + host);
            }
            return new Rule(host.toLowerCase(Locale.ROOT), null, 0, firstPort, lastPort);
        }
        try {
            // A literal, so nobody is asked for it.
            InetAddress network = InetAddress.getByName(address);
            int all = network.getAddress().length * 8;
            int bits = slash < 0 ? all : Integer.parseInt(host.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("a network of " + bits + " bits: " + host);
            }
            return new Rule(null, network, bits, firstPort, lastPort);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("no address or network: " + host, e);
        }
    }

    /** Whether a guest may look this name up, for any port. */
    public boolean allowsName(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return rules.stream().anyMatch(rule -> wanted.equals(rule.name()));
    }

    /**
     * Whether a guest may talk to this address: by its number, or, where it was looked up by a name that is allowed, by
     * that. A name that was not resolved is only compared, never asked for.
     */
    public boolean allows(InetSocketAddress address) {
        InetAddress number = address.getAddress();
        String name = address.getHostString().toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.hasPort(address.getPort()))
                .anyMatch(rule -> name.equals(rule.name()) || (number != null && rule.contains(number)));
    }
}
