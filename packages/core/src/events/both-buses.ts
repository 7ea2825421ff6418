import type { EventBus } from './event-bus.ts';

/** Events of which it is remembered which bus has taken them; more go to both again. */
const mostRemembered = 1_000;

/**
 * Returns a bus that hands each event to both. One that fails keeps nothing from the other, and at
 * the next attempt the one that has taken it is left in peace.
 */
export function bothBuses(first: EventBus, second: EventBus): EventBus {
  const takenBy = new Map<string, Set<EventBus>>();
  return {
    async publish(event, signal) {
      const taken = takenBy.get(event.id) ?? new Set();
      const errors: unknown[] = [];
      for (const bus of [first, second]) {
        if (taken.has(bus)) continue;
        try {
          await bus.publish(event, signal);
          taken.add(bus);
        } catch (error) {
          errors.push(error);
        }
      }
      takenBy.delete(event.id);
      if (errors.length === 0) return;
      takenBy.set(event.id, taken);
      const [oldest] = takenBy.keys();
      if (takenBy.size > mostRemembered && oldest !== undefined) takenBy.delete(oldest);
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, describe(errors));
    },
  };
}

function describe(errors: readonly unknown[]): string {
  return errors.map((error) => (error instanceof Error ? error.message : String(error))).join('; ');
}
