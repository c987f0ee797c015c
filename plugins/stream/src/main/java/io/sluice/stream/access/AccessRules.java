package io.sluice.stream.access;

import io.sluice.core.connection.Address;
import io.sluice.stream.ServerView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one server in their order: the first that knows an address decides, and nobody is denied by none. Immutable. */
final class AccessRules {
    private record Rule(boolean allows, AddressRange range) {}

    private final List<Rule> rules;

    private AccessRules(List<Rule> rules) {
        this.rules = rules;
    }

    static AccessRules read(ServerView server) {
        List<Rule> rules = new ArrayList<>();
        for (AccessSettings.Rule written : server.read(AccessSettings.SETTINGS).access()) {
            String allow = written.allow().orElse(null);
            String deny = written.deny().orElse(null);
            if ((allow == null) == (deny == null)) {
                written.here().problem("a rule says allow or deny, one of them");
                continue;
            }
            try {
                rules.add(new Rule(allow != null, AddressRange.parse(allow != null ? allow : String.valueOf(deny))));
            } catch (IllegalArgumentException wrong) {
                written.here().problem(allow != null ? "allow" : "deny", String.valueOf(wrong.getMessage()));
            }
        }
        return new AccessRules(List.copyOf(rules));
    }

    boolean allow(@Nullable Address client) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.range().contains(client)) {
                return rule.allows();
            }
        }
        return true;
    }
}
