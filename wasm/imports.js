// The functions of JavaScript's that bindings.cc calls, for emcc, which refuses names that it does not know.
// What they do is in web/src/worker/module.ts: nothing of this file is shipped.
mergeInto(LibraryManager.library, {
  cento_image_block() {},
});
