import type { SignalEvents } from '../signals/signal-events.ts';
import type { ActionEvents } from './action-events.ts';

/** Facts of an event, beside its subject. Whoever needs more reads the subject's rows. */
export type EventDetail = Readonly<Record<string, unknown>>;

/**
 * Every event, by name, with its detail. A package that appends others adds them here by declaration
 * merging.
 */
export interface AdjutantEvents extends ActionEvents, SignalEvents {}

export type AdjutantEventName = keyof AdjutantEvents;

/** Something that happened, as listeners and buses get it. */
export interface AdjutantEvent<Detail = EventDetail> {
  /** The same at every delivery: whoever must not act twice remembers it. */
  id: string;
  workspaceId: string;
  /** Noun-verb: `action.approved`. */
  event: string;
  /** The row that it is about. */
  subjectId: string;
  detail: Detail;
  /** When it happened. */
  at: number;
  /** Of delivering it; from 1. */
  attempt: number;
}
