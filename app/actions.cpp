#include "app/actions.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

#include <algorithm>
#include <array>

namespace octetscope {

namespace {

enum class Menu { File, Edit, Capture, Decode, Time, Send, View, Help, CopyAs, Mark, Bytes, Columns, Sort };
constexpr std::array menus = {QT_TRANSLATE_NOOP("Actions", "&File"),     QT_TRANSLATE_NOOP("Actions", "&Edit"),
                              QT_TRANSLATE_NOOP("Actions", "&Capture"),  QT_TRANSLATE_NOOP("Actions", "&Decode"),
                              QT_TRANSLATE_NOOP("Actions", "Play&back"), QT_TRANSLATE_NOOP("Actions", "&Send"),
                              QT_TRANSLATE_NOOP("Actions", "&View"),     QT_TRANSLATE_NOOP("Actions", "&Help")};

/// A menu in another one, where its first row stands in the table.
struct Submenu {
  Menu menu;
  Menu in;
  const char *text;
  const char *tip;
  bool isApart;  // a line stands above it
};

// One of a group can be checked where it is Exclusive; GroupStart begins another group, and a line above it.
enum Flag { Plain = 0, Checkable = 1, GroupStart = 2, Exclusive = 4 };

struct Row {
  ActionId id;
  Menu menu;
  const char *text;
  const char *key;
  const char *tip;
  int flags = Plain;
};

#define WORDS(text) QT_TRANSLATE_NOOP("Actions", text)

constexpr Submenu submenus[] = {
    {Menu::CopyAs, Menu::Edit, WORDS("Copy a&s"),
     WORDS("Put what is selected on the clipboard: rows of the message list, or bytes, wherever the keyboard was last"),
     true},
    {Menu::Mark, Menu::Edit, WORDS("&Mark"),
     WORDS("Marks, with colours and notes, on messages and ranges of bytes, whatever framing reads them"), true},
    {Menu::Bytes, Menu::View, WORDS("By&tes"),
     WORDS("How the bytes are shown: how many a row, in which groups, and what the text beside them is read as"),
     false},
    {Menu::Columns, Menu::View, WORDS("Col&umns"),
     WORDS("What the message list shows of each message: hide and move columns, and add fields"), false},
    {Menu::Sort, Menu::View, WORDS("Sort &messages by"),
     WORDS("In which order the messages are listed (a click on the head of a column does the same)"), false},
};

constexpr Row table[] = {
    {ActionId::OpenFile, Menu::File, WORDS("&Open…"), "Ctrl+O",
     WORDS("Open raw bytes from a file: what one direction of a connection carried")},
    {ActionId::SaveReceived, Menu::File, WORDS("&Save received bytes…"), "Ctrl+S",
     WORDS("Save every byte that arrived on this connection, as it came, to a file"), GroupStart},
    {ActionId::SaveSent, Menu::File, WORDS("Save s&ent bytes…"), "Ctrl+Shift+S",
     WORDS("Save every byte that was sent on this connection to a file")},
    {ActionId::CloseCapture, Menu::File, WORDS("&Close capture"), "Ctrl+W",
     WORDS("Let go of this capture: stop listening, close its connections, forget its bytes"), GroupStart},
    {ActionId::Quit, Menu::File, WORDS("&Quit"), "Ctrl+Q", WORDS("End the program"), GroupStart},

    {ActionId::Undo, Menu::Edit, WORDS("&Undo"), "Ctrl+Z",
     WORDS("Take back the last change of how the bytes are read, or of marks; the bytes stay as they are")},
    {ActionId::Redo, Menu::Edit, WORDS("&Redo"), "Ctrl+Shift+Z", WORDS("Make the change again that was taken back")},
    {ActionId::CopyHex, Menu::CopyAs, WORDS("&Hex"), "", WORDS("Copy as 48 69 0A"), GroupStart},
    {ActionId::CopyHexDump, Menu::CopyAs, WORDS("Hex &dump"), "",
     WORDS("Copy as hexdump -C writes it: offset, 16 bytes a row, their text")},
    {ActionId::CopyC, Menu::CopyAs, WORDS("&C array"), "", WORDS("Copy as { 0x48, 0x69, 0x0a }")},
    {ActionId::CopyPython, Menu::CopyAs, WORDS("&Python bytes"), "", WORDS("Copy as b'Hi\\n'")},
    {ActionId::CopyRust, Menu::CopyAs, WORDS("&Rust array"), "", WORDS("Copy as [0x48u8, 0x69, 0x0a]")},
    {ActionId::CopyJavaScript, Menu::CopyAs, WORDS("&JavaScript array"), "", WORDS("Copy as [0x48, 0x69, 0x0a]")},
    {ActionId::CopyBase64, Menu::CopyAs, WORDS("&Base64"), "", WORDS("Copy as SGkK")},
    {ActionId::CopyText, Menu::CopyAs, WORDS("&Text"), "",
     WORDS("Copy as UTF-8 where it is valid, with a dot for each byte that no text shows")},
    {ActionId::CopyJson, Menu::CopyAs, WORDS("JSON of the &fields"), "",
     WORDS("Copy the fields as octetscope-cli decode --format jsonl has them, a line a message"), GroupStart},
    {ActionId::CopyStructCall, Menu::CopyAs, WORDS("struct.&unpack call"), "",
     WORDS("Copy a call of Python's struct.unpack with these bytes, which returns the fields' values")},
    {ActionId::CopyAgain, Menu::Edit, WORDS("Copy a&gain"), "Ctrl+Alt+C",
     WORDS("Copy what is selected in the form that was copied last")},
    {ActionId::Find, Menu::Edit, WORDS("Fi&nd…"), "Ctrl+F",
     WORDS("Find text, bytes, numbers, regular expressions or values of fields in the direction that is shown"),
     GroupStart},
    {ActionId::FindNext, Menu::Edit, WORDS("Find ne&xt"), "F3", WORDS("The next place that has what was looked for")},
    {ActionId::FindPrevious, Menu::Edit, WORDS("Find &previous"), "Shift+F3", WORDS("The place before")},
    {ActionId::GoTo, Menu::Edit, WORDS("G&o to…"), "Ctrl+G",
     WORDS("Go to an offset (123, 0x7B, +16), to a message (#12) or to a time")},
    {ActionId::CompareMessages, Menu::Edit, WORDS("Compare &byte by byte with…"), "Ctrl+Alt+D",
     WORDS(
         "See two messages side by side, the bytes marked that differ: both selected, or the second one chosen later"),
     GroupStart},
    {ActionId::FilterMessages, Menu::Edit, WORDS("&Filter messages…"), "Ctrl+/",
     WORDS("List only the messages that pass an expression: size > 100 && status != complete"), GroupStart},
    {ActionId::ClearFilter, Menu::Edit, WORDS("&Clear the filter"), "", WORDS("List every message again")},
    {ActionId::FilterForValue, Menu::Edit, WORDS("Filter for this &value"), "",
     WORDS("List only the messages that have the value of the selected field"), GroupStart},
    {ActionId::FilterNotValue, Menu::Edit, WORDS("Filter for no&t this value"), "",
     WORDS("List only the messages that do not have the value of the selected field")},
    {ActionId::FilterAndValue, Menu::Edit, WORDS("&And this value"), "",
     WORDS("Of the messages that are listed, only those that have the value of the selected field, too")},
    {ActionId::FilterAndNotValue, Menu::Edit, WORDS("An&d not this value"), "",
     WORDS("Of the messages that are listed, only those that do not have the value of the selected field")},
    {ActionId::FilterOrValue, Menu::Edit, WORDS("Or th&is value"), "",
     WORDS("Besides the messages that are listed, those that have the value of the selected field")},

    {ActionId::Mark, Menu::Mark, WORDS("&Mark"), "Ctrl+M",
     WORDS("Mark what is selected: messages, fields or bytes; once more: take the marks away")},
    {ActionId::MarkNote, Menu::Mark, WORDS("&Note…"), "Ctrl+Shift+M",
     WORDS("Write a note on what is selected, and choose the colour of its mark")},
    {ActionId::MarkGreen, Menu::Mark, WORDS("&Green"), "", WORDS("Mark what is selected green"), GroupStart},
    {ActionId::MarkBlue, Menu::Mark, WORDS("&Blue"), "", WORDS("Mark what is selected blue")},
    {ActionId::MarkPurple, Menu::Mark, WORDS("P&urple"), "", WORDS("Mark what is selected purple")},
    {ActionId::MarkRed, Menu::Mark, WORDS("&Red"), "", WORDS("Mark what is selected red")},
    {ActionId::MarkYellow, Menu::Mark, WORDS("&Yellow"), "", WORDS("Mark what is selected yellow")},
    {ActionId::MarkGrey, Menu::Mark, WORDS("Gr&ey"), "", WORDS("Mark what is selected grey")},
    {ActionId::NextMark, Menu::Mark, WORDS("Ne&xt mark"), "F2",
     WORDS("Go to the next mark, in the order in which bytes arrived; after the last one to the first"), GroupStart},
    {ActionId::PreviousMark, Menu::Mark, WORDS("&Previous mark"), "Shift+F2", WORDS("Go to the mark before")},
    {ActionId::ListMarks, Menu::Mark, WORDS("&List of marks"), "Ctrl+Alt+M",
     WORDS("Show the marks of this capture as a list")},
    {ActionId::RemoveMarks, Menu::Mark, WORDS("Remove &all marks"), "",
     WORDS("Take away every mark of this capture; Ctrl+Z brings them back"), GroupStart},

    {ActionId::Listen, Menu::Capture, WORDS("&Listen…"), "Ctrl+L",
     WORDS("Be the server: wait for connections on a port of this machine")},
    {ActionId::Connect, Menu::Capture, WORDS("C&onnect…"), "Ctrl+N",
     WORDS("Be the client: open a connection to a server")},
    {ActionId::StartStop, Menu::Capture, WORDS("S&top listening"), "Ctrl+E",
     WORDS("Accept no more connections, or listen again on the same port; connections that stand go on"), GroupStart},
    {ActionId::Reconnect, Menu::Capture, WORDS("&Reconnect"), "Ctrl+R",
     WORDS("Open the same connection anew, in the same capture")},
    {ActionId::Pause, Menu::Capture, WORDS("&Pause the view"), "Ctrl+P",
     WORDS("Hold the views at this moment; what arrives meanwhile is captured all the same"), Checkable | GroupStart},
    {ActionId::Clear, Menu::Capture, WORDS("&Clear"), "Ctrl+Shift+Del",
     WORDS("Start over with an empty view: what was captured so far is put away, connections go on")},
    {ActionId::Statistics, Menu::Capture, WORDS("Stat&istics…"), "Ctrl+I",
     WORDS("Sizes, chunks a message, errors, and how often each value of a field is, over all messages"), GroupStart},
    {ActionId::Plots, Menu::Capture, WORDS("Plot&s…"), "Ctrl+Shift+I",
     WORDS("A field, sizes, pauses or bytes a second drawn over messages or time, or the values of a field counted")},

    {ActionId::FocusFraming, Menu::Decode, WORDS("Choose the &framing"), "Ctrl+D",
     WORDS("Go to the framing: the rule that says where one message ends and the next begins")},
    {ActionId::FocusStruct, Menu::Decode, WORDS("Edit the &struct"), "Ctrl+T",
     WORDS("Go to the struct: which fields a payload has, as Python's struct module writes it")},
    {ActionId::Suggest, Menu::Decode, WORDS("S&uggest a framing…"), "Ctrl+Shift+G",
     WORDS("Try every framing on these bytes, and list those that fit, with the evidence")},
    {ActionId::StartAgainHere, Menu::Decode, WORDS("Start framing again &here"), "Ctrl+K",
     WORDS(
         "Let a message begin at the selected byte, whatever the framing made of the bytes before it; of an error: at "
         "the first byte behind it from which messages follow one another"),
     GroupStart},
    {ActionId::RemoveRestart, Menu::Decode, WORDS("Ta&ke this restart away"), "Ctrl+Shift+K",
     WORDS("Frame on from before, as if framing had not been started again at the selected message")},
    {ActionId::ShowJoined, Menu::Decode, WORDS("Show payloads j&oined"), "Ctrl+J",
     WORDS("Of a framing A |+ B: show the joined payloads as B cuts them; off: the stream itself, as A cuts it"),
     Checkable | GroupStart},
    {ActionId::ShowOrigin, Menu::Decode, WORDS("Show where this came f&rom"), "Ctrl+Shift+J",
     WORDS("Go from the selected bytes of a payload, or of joined payloads, back to the bytes of the stream that they "
           "came from")},
    {ActionId::ShowPayload, Menu::Decode, WORDS("Show the pa&yload's own bytes"), "Ctrl+U",
     WORDS("Of the selected message, where its payload is not a piece of the stream but joined, unstuffed or "
           "decompressed: the payload's bytes beside those of the stream, with the messages and fields in them"),
     Checkable},
    {ActionId::Compare, Menu::Decode, WORDS("&Compare with another framing"), "Ctrl+Shift+D",
     WORDS("Read the same bytes by a second framing beside the first, and find where they part"),
     Checkable | GroupStart},
    {ActionId::GoToDivergence, Menu::Decode, WORDS("&Jump to where they part"), "F4",
     WORDS("Select the first message of which the two framings do not say the same")},
    {ActionId::SwapFramings, Menu::Decode, WORDS("S&wap A and B"), "", WORDS("Read the bytes by B and compare with A")},
    {ActionId::KeepA, Menu::Decode, WORDS("Keep &A"), "", WORDS("End the comparison; the framing stays as it is")},
    {ActionId::KeepB, Menu::Decode, WORDS("Keep &B"), "", WORDS("End the comparison; B becomes the framing")},
    {ActionId::PreviousMessage, Menu::Decode, WORDS("&Previous message"), "Alt+Up", WORDS("Select the message before"),
     GroupStart},
    {ActionId::NextMessage, Menu::Decode, WORDS("Ne&xt message"), "Alt+Down", WORDS("Select the message behind")},

    {ActionId::StepBack, Menu::Time, WORDS("Step &back"), "F7",
     WORDS("Go back by one recv(), send() or event: every view shows what there was before it")},
    {ActionId::StepOn, Menu::Time, WORDS("Step &on"), "F8",
     WORDS("Go on by one recv(), send() or event; after the newest one it is live again")},
    {ActionId::MessageBack, Menu::Time, WORDS("&Previous message"), "Ctrl+Up",
     WORDS("Go to the moment at which the message before was complete, and select it"), GroupStart},
    {ActionId::MessageOn, Menu::Time, WORDS("Ne&xt message"), "Ctrl+Down",
     WORDS("Go to the moment at which the next message was complete, and select it")},
    {ActionId::FirstMoment, Menu::Time, WORDS("To the be&ginning"), "Shift+F7",
     WORDS("Show what there was before the first byte came"), GroupStart},
    {ActionId::Play, Menu::Time, WORDS("P&lay"), "F9",
     WORDS("Play what was recorded from the moment shown, at the chosen speed; once more: stay there"), Checkable},
    {ActionId::Live, Menu::Time, WORDS("Back to li&ve"), "Shift+F8",
     WORDS("Show everything that was received, and what comes as it comes")},

    {ActionId::Send, Menu::Send, WORDS("&Send"), "Ctrl+Return", WORDS("Send what stands in the Send panel")},
    {ActionId::SendAgain, Menu::Send, WORDS("Send &again"), "Ctrl+Shift+Return",
     WORDS("Send the last message once more")},
    {ActionId::EditInSend, Menu::Send, WORDS("&Edit in the Send panel"), "Ctrl+Shift+E",
     WORDS("Put the selected message into the Send panel, framed as one that is sent is, to be changed and sent; "
           "of several all bytes, one message behind the other")},
    {ActionId::CancelSending, Menu::Send, WORDS("Ca&ncel sending"), "",
     WORDS("Stop the delivery under way; what is with the system already still goes out")},
    {ActionId::FinishSending, Menu::Send, WORDS("&Finish sending (FIN)"), "Ctrl+Shift+F",
     WORDS("Half-close: the peer reads everything, then end of stream; we can still receive"), GroupStart},
    {ActionId::CloseConnection, Menu::Send, WORDS("&Close"), "Ctrl+Shift+W",
     WORDS("FIN after everything queued, then read what still comes for up to 5 seconds, then let go")},
    {ActionId::ResetConnection, Menu::Send, WORDS("&Reset (RST)"), "Ctrl+Shift+R",
     WORDS("Break the connection at once: the peer's next read fails, and what was queued is lost")},

    {ActionId::Follow, Menu::View, WORDS("&Follow the newest"), "F5",
     WORDS("Keep the newest message and byte in sight. Scrolling up or choosing something above ends it; going to the "
           "end (End, Ctrl+End) begins it again"),
     Checkable | GroupStart},
    {ActionId::Ribbon, Menu::View, WORDS("Ri&bbon"), "Ctrl+B",
     WORDS("Show or hide the ribbon: chunks, messages and fields on one byte axis"), Checkable},
    {ActionId::FitRibbon, Menu::View, WORDS("Show e&verything in the ribbon"), "Ctrl+Shift+B",
     WORDS("All bytes of the connection at once (0 in the ribbon; wheel, + and - zoom)")},
    {ActionId::ZoomIn, Menu::View, WORDS("Zoom &in"), "", WORDS("Larger bytes (Ctrl++ in the bytes)")},
    {ActionId::ZoomOut, Menu::View, WORDS("Zoom &out"), "", WORDS("Smaller bytes (Ctrl+- in the bytes)")},
    {ActionId::ZoomReset, Menu::View, WORDS("&Normal size"), "",
     WORDS("Bytes in the system's size (Ctrl+0 in the bytes)")},
    {ActionId::Rows8, Menu::Bytes, WORDS("&8 a row"), "", WORDS("Eight bytes in each row"),
     Checkable | GroupStart | Exclusive},
    {ActionId::Rows16, Menu::Bytes, WORDS("1&6 a row"), "", WORDS("Sixteen bytes in each row"), Checkable | Exclusive},
    {ActionId::Rows24, Menu::Bytes, WORDS("&24 a row"), "", WORDS("24 bytes in each row"), Checkable | Exclusive},
    {ActionId::Rows32, Menu::Bytes, WORDS("&32 a row"), "", WORDS("32 bytes in each row"), Checkable | Exclusive},
    {ActionId::RowsFit, Menu::Bytes, WORDS("As many as &fit"), "",
     WORDS("As many bytes in a row as there is room for, in eights"), Checkable | Exclusive},
    {ActionId::RowsOther, Menu::Bytes, WORDS("A&nother number a row…"), "",
     WORDS("Any number of bytes in each row: that of a record, to see its columns"), Checkable | Exclusive},
    {ActionId::RowsByMessage, Menu::Bytes, WORDS("Rows begin at each &message"), "",
     WORDS(
         "Begin a row at each message, with its number in front; off: one row behind the other, whatever begins in it"),
     Checkable | GroupStart},
    {ActionId::Group1, Menu::Bytes, WORDS("Bytes &apart"), "", WORDS("All bytes equally far from each other"),
     Checkable | GroupStart | Exclusive},
    {ActionId::Group2, Menu::Bytes, WORDS("Groups of t&wo"), "", WORDS("Two bytes close to each other, then a gap"),
     Checkable | Exclusive},
    {ActionId::Group4, Menu::Bytes, WORDS("Groups of f&our"), "", WORDS("Four bytes close to each other, then a gap"),
     Checkable | Exclusive},
    {ActionId::Group8, Menu::Bytes, WORDS("Groups of ei&ght"), "", WORDS("A wider gap behind every eighth byte"),
     Checkable | Exclusive},
    {ActionId::TextAscii, Menu::Bytes, WORDS("Text in A&SCII"), "", WORDS("Bytes up to 7E as ASCII has them"),
     Checkable | GroupStart | Exclusive},
    {ActionId::TextLatin1, Menu::Bytes, WORDS("Text in &Latin-1"), "",
     WORDS("One character a byte, as ISO 8859-1 has them"), Checkable | Exclusive},
    {ActionId::TextUtf8, Menu::Bytes, WORDS("Text in &UTF-8"), "",
     WORDS("Characters of one to four bytes; bytes that are none are dots"), Checkable | Exclusive},
    {ActionId::TextEbcdic, Menu::Bytes, WORDS("Text in &EBCDIC"), "", WORDS("As IBM's code page 037 has them"),
     Checkable | Exclusive},
    {ActionId::ShowAsColumn, Menu::Columns, WORDS("Show as col&umn"), "Ctrl+Shift+L",
     WORDS("Show the field that is selected in the message list as a column: its value in every message")},
    {ActionId::AddColumn, Menu::Columns, WORDS("&Add column…"), "",
     WORDS(
         "Show a field of every message in a column of its own; dragged onto the columns' heads a field comes where it "
         "is dropped")},
    {ActionId::ResetColumns, Menu::Columns, WORDS("&Reset the columns"), "",
     WORDS("Show the columns that were there at first, and no fields")},
    {ActionId::SortTurned, Menu::Sort, WORDS("The other way &round"), "Ctrl+Alt+S",
     WORDS("Turn the order of the messages round: what is first comes last"), Checkable},
    {ActionId::SortArrival, Menu::Sort, WORDS("In the order of &arrival"), "",
     WORDS("List the messages in the order in which their first bytes came")},
    {ActionId::ThemeSystem, Menu::View, WORDS("Colours of the s&ystem"), "",
     WORDS("Light or dark, as the desktop says"), Checkable | GroupStart | Exclusive},
    {ActionId::ThemeLight, Menu::View, WORDS("&Light"), "", WORDS("Dark text on light ground"), Checkable | Exclusive},
    {ActionId::ThemeDark, Menu::View, WORDS("&Dark"), "", WORDS("Light text on dark ground"), Checkable | Exclusive},
    {ActionId::ResetLayout, Menu::View, WORDS("&Reset the layout"), "",
     WORDS("Put every pane back where it was at first"), GroupStart},

    {ActionId::Demonstration, Menu::Help, WORDS("&Demonstration"), "",
     WORDS("A server and a client talk over loopback, act by act: what TCP does to messages"), Checkable},
    {ActionId::FramingsHelp, Menu::Help, WORDS("&Framings"), "Shift+F1",
     WORDS("What each framing does: examples drawn from real bytes, and every option (F1 in the framing's row: the "
           "chosen one)"),
     GroupStart},
    {ActionId::FiltersHelp, Menu::Help, WORDS("F&ilters"), "",
     WORDS("How filters are written: every name, operator and value")},
    {ActionId::Keys, Menu::Help, WORDS("&Keys"), "F1", WORDS("Every key and what it does")},
    {ActionId::About, Menu::Help, WORDS("&About Octetscope"), "", WORDS("Version and licence"), GroupStart},
};
#undef WORDS

QString words(const char *text) {
  return QCoreApplication::translate("Actions", text);
}

}  // namespace

Actions::Actions(QWidget *window) : QObject(window), window_(window) {
  QActionGroup *group = nullptr;
  for (const Row &row : table) {
    if ((row.flags & Exclusive) && (row.flags & GroupStart)) group = new QActionGroup(this);
    auto *action = new QAction(words(row.text), this);
    if (*row.key) action->setShortcut(QKeySequence::fromString(QString::fromLatin1(row.key)));
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    const QString tip = words(row.tip);
    action->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key));
    action->setStatusTip(tip);
    action->setCheckable(row.flags & Checkable);
    if (row.flags & Exclusive) group->addAction(action);
    window->addAction(action);
    actions_.insert(row.id, action);
  }
}

void Actions::build(QMenuBar *bar, QMenu *recent, const QList<QAction *> &views) {
  std::array<QMenu *, menus.size()> made = {};
  for (std::size_t i = 0; i < menus.size(); ++i) {
    made[i] = bar->addMenu(words(menus[i]));
    made[i]->setToolTipsVisible(true);
  }
  const auto menuOf = [&](Menu menu) { return made[static_cast<std::size_t>(menu)]; };
  for (QAction *view : views) menuOf(Menu::View)->addAction(view);
  QHash<Menu, QMenu *> inner;
  for (const Row &row : table) {
    const auto sub = std::ranges::find(submenus, row.menu, &Submenu::menu);
    QMenu *menu = sub == std::end(submenus) ? menuOf(row.menu) : inner.value(row.menu);
    if (!menu) {
      if (sub->isApart) menuOf(sub->in)->addSeparator();
      menu = menuOf(sub->in)->addMenu(words(sub->text));
      menu->setToolTipsVisible(true);
      menu->menuAction()->setStatusTip(words(sub->tip));
      menu->menuAction()->setToolTip(words(sub->tip));
      inner.insert(row.menu, menu);
    } else if (row.flags & GroupStart) {
      menu->addSeparator();
    }
    menu->addAction(actions_.value(row.id));
    if (row.id == ActionId::OpenFile) menu->addMenu(recent);
  }
  copyMenu_ = inner.value(Menu::CopyAs);
  bytesMenu_ = inner.value(Menu::Bytes);
  columnsMenu_ = inner.value(Menu::Columns);
  sortMenu_ = inner.value(Menu::Sort);
}

QStringList Actions::keyLines() const {
  QStringList lines;
  for (const Row &row : table) {
    const QAction *action = actions_.value(row.id);
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    if (!key.isEmpty()) lines.append(key + QLatin1Char('\t') + action->statusTip());
  }
  return lines;
}

}  // namespace octetscope
