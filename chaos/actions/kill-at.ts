import type { ActionCrashPoint } from '../../packages/core/src/actions/crash-point.ts';

/** Returns a hook that kills this process at the nth time that it comes to a point. */
export function killAt(point: string, nth: number): ActionCrashPoint {
  let reached = 0;
  return (name) => {
    if (name !== point) return;
    reached += 1;
    if (reached === nth) process.kill(process.pid, 'SIGKILL');
  };
}
