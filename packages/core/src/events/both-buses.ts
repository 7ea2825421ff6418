import type { EventBus } from './event-bus.ts';

/** Returns a bus that hands each event to one bus and then to the other. */
export function bothBuses(first: EventBus, second: EventBus): EventBus {
  return {
    async publish(event, signal) {
      await first.publish(event, signal);
      await second.publish(event, signal);
    },
  };
}
