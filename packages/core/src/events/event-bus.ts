import type { AdjutantEvent } from './adjutant-events.ts';

/**
 * Where events go. The default hands them to listeners in this process; a host puts a broker here:
 *
 * ```ts
 * const bus: EventBus = {
 *   async publish(event) {
 *     await jetStream.publish(`adjutant.${event.event}`, JSON.stringify(event), { msgID: event.id });
 *   },
 * };
 * ```
 */
export interface EventBus {
  /**
   * Resolves when the event is taken for good; what rejects is delivered again, so one event may
   * come twice. The next event of the same subject comes only when this one is taken or given up.
   * The signal aborts when the dispatcher stops or no longer waits.
   */
  publish(event: AdjutantEvent, signal: AbortSignal): Promise<void>;
}
