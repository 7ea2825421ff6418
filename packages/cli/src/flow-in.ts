import type { AdjutantOptions } from '@adjutant/core';
import type { Config } from './config/config-schema.ts';

/** Returns what a configuration says of statuses and of days as options of `createAdjutant`. */
export function flowIn({
  flow,
  timeZone,
  rollups,
}: Config): Pick<AdjutantOptions, 'flow' | 'timeZone' | 'rollups'> {
  return {
    ...(flow === undefined ? {} : { flow: { activeStatuses: flow.activeStatuses } }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(rollups === undefined ? {} : { rollups }),
  };
}
