/**
 * GraphiQL calls each list item a tab and puts two buttons into it, which no screen reader can tell apart. This makes them
 * what they are, a list of buttons of which one is current, and keeps them so. Returns what ends it.
 * May go once GraphiQL's own tabs hold no controls (seen in 5.4.0).
 */
export function mendTabRoles(root: HTMLElement): () => void {
  const mend = () => {
    for (const list of root.querySelectorAll(".graphiql-tabs[role]")) list.removeAttribute("role");
    for (const item of root.querySelectorAll("li.graphiql-tab")) {
      // Written only where needed, so that the observer comes to rest.
      if (item.hasAttribute("role")) item.removeAttribute("role");
      if (item.hasAttribute("aria-selected")) item.removeAttribute("aria-selected");
      const button = item.querySelector(".graphiql-tab-button");
      const current = String(item.classList.contains("graphiql-tab-active"));
      if (button && button.getAttribute("aria-current") !== current) button.setAttribute("aria-current", current);
    }
  };
  const observer = new MutationObserver(mend);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ["role", "aria-selected", "class"] });
  mend();
  return () => observer.disconnect();
}
