// filterForPlace: what a row of the message list says, as a filter that holds for the messages that say the same.
#pragma once

#include <QString>

namespace octetscope {

class ConnectionDecoder;
class MessageFilter;
struct MessagePlace;

/// Of a field its value, whatever the column; of a message what stands in that column. Empty: no filter could say it.
QString filterForPlace(const ConnectionDecoder &decoder, const MessageFilter &filter, const MessagePlace &place,
                       int column);

/// What rows are sorted by where they are sorted by a column that is always there; empty: by nothing.
QString sortNameOfColumn(int column);

}  // namespace octetscope
