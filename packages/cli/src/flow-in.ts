import type { FlowOptions } from '@adjutant/core';
import type { Config } from './config/config-schema.ts';

/** Returns what a configuration says of statuses as an option of `createAdjutant`. */
export function flowIn({ flow }: Config): { flow?: FlowOptions } {
  return flow === undefined ? {} : { flow: { activeStatuses: flow.activeStatuses } };
}
