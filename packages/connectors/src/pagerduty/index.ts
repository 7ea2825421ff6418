export type { PagerdutyConfig } from './config.ts';
export { pagerduty } from './connector.ts';
export { type PagerdutyNormalisers, pagerdutyNormalisers } from './rest/normalise.ts';
