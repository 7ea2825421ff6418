import { createWakeUp } from '../jobs/wake-up.ts';

const bells = new Set<ReturnType<typeof createWakeUp>>();

/** Tells the dispatchers of this process that something was appended, to whatever store. */
export function ringOutboxBells(): void {
  for (const bell of bells) bell.ring();
}

/** Returns a bell that rings at every event appended in this process, until it is taken down. */
export function hangOutboxBell(): { bell: ReturnType<typeof createWakeUp>; takeDown: () => void } {
  const bell = createWakeUp();
  bells.add(bell);
  return { bell, takeDown: () => bells.delete(bell) };
}
