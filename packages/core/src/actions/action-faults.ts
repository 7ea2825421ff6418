import type { ActionTiming } from './action-timing.ts';
import type { ActionCrashPoint } from './crash-point.ts';

/** What only fault tests give: a hook at every named crash point, and times that fit into a run. */
export interface ActionFaults {
  reach?: ActionCrashPoint;
  timing?: Partial<ActionTiming>;
}
