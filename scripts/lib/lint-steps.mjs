// The checks of sources that need no build, in the order of their cost.
export const lintSteps = [
  { name: 'Layout of C++ (clang-format)', script: 'lint:layout' },
  { name: 'Layout and lint of TypeScript (Biome)', script: 'lint:biome' },
  { name: 'Types (tsc --strict)', script: 'lint:types' },
  { name: 'docs/api.md as the types say', script: 'lint:api' },
  { name: 'Room directions and file sizes', script: 'lint:rooms' },
  { name: 'Words that must not be in the project', script: 'lint:words' },
  { name: 'Lint of C++ (clang-tidy)', script: 'lint:tidy' },
];
