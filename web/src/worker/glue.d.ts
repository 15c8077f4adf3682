/** The build resolves this name to Emscripten's glue (web/build.mjs). */
declare module 'cento-glue' {
  const create: import('./module.js').CreateModule;
  export default create;
}
