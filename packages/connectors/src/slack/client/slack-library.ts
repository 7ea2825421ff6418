// Named here, because a bundle of what is CommonJS gives a dynamic import nothing but its default.
export { LogLevel, WebClient } from '@slack/web-api';
