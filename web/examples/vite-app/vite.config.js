/** @type {import('vite').UserConfig} */
export default {
  base: './',
  // The one line that the development server needs: it would move the package away from its worker.
  optimizeDeps: { exclude: ['cento', 'cento/elements'] },
};
