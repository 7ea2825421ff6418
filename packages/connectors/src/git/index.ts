export type { GitConfig } from './config.ts';
export { git } from './connector.ts';
