import { isProductionEnvironment } from '@adjutant/core/domain';
import { counted } from './caveats.ts';

/** The environments that a figure counts, and what must be said of that choice. */
export interface CountedEnvironments {
  includes(environment: string): boolean;
  caveats: string[];
}

/** Which environments count: those named after production, else all of them. */
export function productionOnly(environments: readonly string[]): CountedEnvironments {
  const names = [...new Set(environments)];
  const production = new Set(names.filter(isProductionEnvironment));
  if (production.size === 0) {
    const caveats = [
      `Deployments to ${counted(names.length, 'environment')} (${listed(names)}) count together; none is named after production.`,
    ];
    return { includes: () => true, caveats: names.length > 1 ? caveats : [] };
  }
  const others = names.filter((name) => !production.has(name));
  return {
    includes: (environment) => production.has(environment),
    caveats: [
      ...(others.length > 0
        ? [`Deployments to other environments stay out: ${listed(others)}.`]
        : []),
      ...(production.size > 1
        ? [`Several production environments count together: ${listed([...production])}.`]
        : []),
    ],
  };
}

/** Names come from outside: few of them, and short. */
function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 4)
    .map((name) => (name.length > 40 ? `${name.slice(0, 39)}…` : name));
  return shown.join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '');
}
