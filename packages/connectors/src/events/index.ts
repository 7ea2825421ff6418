export type { EventsConfig } from './config.ts';
export { events } from './connector.ts';
