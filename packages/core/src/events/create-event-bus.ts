import { AdjutantError } from '../errors.ts';
import type { ActionEventName } from './action-events.ts';
import type { AdjutantEvent, AdjutantEventName, AdjutantEvents } from './adjutant-events.ts';
import type { EventBus } from './event-bus.ts';

/** Hears one kind of event. It may hear the same event twice; what it throws brings it again. */
export type EventListener<Name extends AdjutantEventName> = (
  event: AdjutantEvent<AdjutantEvents[Name]> & { event: Name },
  signal: AbortSignal,
) => void | Promise<void>;

/** The bus within one process. */
export interface LocalEventBus extends EventBus {
  /** Adds a listener and returns what takes it away again. */
  on<Name extends AdjutantEventName>(event: Name, listener: EventListener<Name>): () => void;
}

type AnyListener = (event: AdjutantEvent, signal: AbortSignal) => void | Promise<void>;

/** Events of which it is remembered who has heard them; more are heard again by all. */
const mostRemembered = 1_000;

/** Returns a bus that calls the listeners of an event one after another. */
export function createEventBus(): LocalEventBus {
  const listeners = new Map<string, Set<AnyListener>>();
  const heard = new Map<string, Set<AnyListener>>();
  return {
    on(event, listener) {
      // A set of one event's listeners is only ever handed events of that name.
      const added: AnyListener = async (given, signal) => {
        await requireDetail(given);
        return listener(given as Parameters<typeof listener>[0], signal);
      };
      const present = listeners.get(event) ?? new Set();
      listeners.set(event, present.add(added));
      return () => {
        present.delete(added);
      };
    },
    async publish(event, signal) {
      const already = heard.get(event.id) ?? new Set();
      const errors: unknown[] = [];
      for (const listener of listeners.get(event.event) ?? []) {
        // At a later attempt, who heard it well is left in peace.
        if (already.has(listener)) continue;
        try {
          await listener(event, signal);
          already.add(listener);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length === 0) {
        heard.delete(event.id);
        return;
      }
      remember(heard, event.id, already);
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, describe(errors));
    },
  };
}

/**
 * What comes out of the store may be of another version.
 * @throws AdjutantError `Internal` where it is not what listeners of that event are promised
 */
async function requireDetail({ event, detail }: AdjutantEvent): Promise<void> {
  // Thirty schemas that a process which only reads never needs.
  const { actionEventDetails } = await import('./action-events.ts');
  const isActionEvent = (name: string): name is ActionEventName =>
    Object.hasOwn(actionEventDetails, name);
  if (!isActionEvent(event)) return;
  const checked = actionEventDetails[event].safeParse(detail);
  if (checked.success) return;
  const places = checked.error.issues.map(({ path }) => path.map(String).join('.')).join(', ');
  throw new AdjutantError(
    'Internal',
    `The stored event ${event} is not as it should be: ${places}.`,
    {
      hint: 'Let the version deliver it that appended it, or read the row that it is about.',
    },
  );
}

function remember(
  heard: Map<string, Set<AnyListener>>,
  eventId: string,
  already: Set<AnyListener>,
): void {
  heard.set(eventId, already);
  if (heard.size <= mostRemembered) return;
  for (const oldest of heard.keys()) {
    heard.delete(oldest);
    return;
  }
}

function describe(errors: readonly unknown[]): string {
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  return `${errors.length} listeners failed: ${messages.join('; ')}`;
}
