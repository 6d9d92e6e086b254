package dev.hitless.agent.inside;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tells the status what became of each hook. Thread-safe. */
final class HookStates implements Supplier<Map<String, String>> {
  @Override
  public Map<String, String> get() {
    Map<String, String> states = new LinkedHashMap<>();
    for (Hook hook : Hook.values()) {
      states.put(hook.name(), hook.state.name());
    }
    for (SessionHook hook : SessionHook.values()) {
      states.put(hook.name(), hook.state.name());
    }
    states.put(PolicyHook.NAME, PolicyHook.state.name());
    return states;
  }
}
