// data-clock: a time of the server, said in the time of whoever reads it.

function tell() {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    const said = new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    if (time.textContent !== said) time.textContent = said;
  }
}

document.addEventListener("assay:patched", tell);
tell();
