/** Help: what other features and the router may use of it. */
export { editDistance } from './distance.ts';
