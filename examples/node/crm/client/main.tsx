import { Component, StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { Noticing } from "./parts/notices.tsx";
import { Speaking, useWords } from "./words/context.tsx";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/filter.css";
import "./styles/parts.css";

/** What is shown where the page itself fails. */
class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  return <main className="waiting">{useWords().pageFailed}</main>;
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <Speaking>
      <Guard>
        <Noticing>
          <App />
        </Noticing>
      </Guard>
    </Speaking>
  </StrictMode>,
);
