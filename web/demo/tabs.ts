/** The tabs pattern of the ARIA Authoring Practices: arrows move between tabs, Tab goes into the panel. */

/** `first`: the id of the panel that is shown first, if there is one of that name. */
export function setUpTabs(list: HTMLElement, first: string): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const select = (selected: HTMLElement) => {
    for (const tab of tabs) {
      const isSelected = tab === selected;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') as string);
      if (panel) panel.hidden = !isSelected;
    }
  };
  const step = (from: number, by: number) => {
    const next = tabs[(from + by + tabs.length) % tabs.length] as HTMLElement;
    select(next);
    next.focus();
  };
  const named = tabs.find((tab) => tab.getAttribute('aria-controls') === first);
  if (named) select(named);
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowRight') step(i, 1);
      else if (event.key === 'ArrowLeft') step(i, -1);
      else if (event.key === 'Home') step(0, 0);
      else if (event.key === 'End') step(tabs.length - 1, 0);
      else return;
      event.preventDefault();
    });
  });
}
