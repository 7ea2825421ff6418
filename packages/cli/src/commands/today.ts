/** `adjutant today` */
export { today } from './brief.ts';
