# 답변 ------------------------------------------------------------------------------------------

familiarity-close = 그림체가 아주 비슷한 웹툰을 찾았어요.
familiarity-loose = 꼭 닮은 그림체는 없지만, 가장 가까운 웹툰을 모았어요.
familiarity-none = 이런 그림체의 웹툰은 아직 없어요. 아래 목록은 참고로만 봐 주세요.

familiarity-close-short = 아주 비슷함
familiarity-loose-short = 조금 비슷함
familiarity-none-short = 낯선 그림체

answer-title = 그림체가 비슷한 웹툰
answer-like-title = 「{ $title }」 그림체와 비슷한 웹툰
answer-artists = 그렸을 가능성이 높은 작가
answer-artist-share = { $artist } { $percent }%
answer-time = { $milliseconds }ms 만에 찾았어요. (세대 { $generation })
answer-crops = 그림을 { $count } 부분으로 나누어 살펴봤어요.

answer-one-of-one = 목록에 있는 작가의 그림이라면 { $artists } 작가가 그렸어요. (확신 { $percent }%)
answer-one-of-several = 목록에 있는 작가의 그림이라면 다음 { $count }명 가운데 한 명이 그렸어요. (확신 { $percent }%) { $artists }
answer-duplicate = 「{ $title }」 { $episode }화의 섬네일이에요.
answer-duplicate-of = { $number }번째 그림은 「{ $title }」 { $episode }화의 섬네일이에요.

train-forecast = 작가 { $artists }명의 섬네일 { $pictures }장으로 학습하고, 이 컴퓨터에서는 { $time }쯤 걸려요.
train-confirm = 시작할까요?
train-follows = { $job }번 학습이 이미 돌고 있어서 이어서 보여 드려요. Ctrl-C를 누르면 학습이 끝나요.
moving-to-starter = 새 기본 세대가 들어 있어서, 모아 둔 그림을 한 번만 다시 살펴볼게요.
moved-to-starter = { $generation } 세대가 그림 { $count }장을 살펴봤고, 이제부터 답해요.

score-label = 유사도
score-value = { $percent }%
score-very-close = 아주 비슷함
score-close = 비슷함
score-loose = 조금 비슷함
score-far = 많이 다름

match-rank = { $rank }위
match-title = 제목
match-artists = 작가
match-platform = 플랫폼
match-episode = { $episode }화
match-link = 보러 가기
match-episode-label = 회차
match-link-label = 링크
match-rank-label = 순위

platform-naver = 네이버 웹툰
platform-kakaopage = 카카오페이지
platform-kakao = 카카오웹툰
platform-webtoons = WEBTOON
platform-daum = 다음 웹툰
platform-folder = 내 컬렉션
platform-sample = 샘플

# 웹 페이지 -------------------------------------------------------------------------------------

web-title = 그림체 · 그림체가 비슷한 웹툰 찾기
web-tagline = 그림을 보내면 그림체가 가장 비슷한 웹툰 열 편을 찾아 드려요.
web-holds = 작가 { $artists }명의 웹툰 { $webtoons }편을 알고 있어요
web-skip = 입력란으로 건너뛰기
web-choices = 화면 설정
web-new-chat = 새로 시작하기
web-theme = 밝은 화면과 어두운 화면 바꾸기
web-language = 언어
web-needs-script = 이 화면을 쓰려면 자바스크립트가 필요해요.

web-conversation = 대화
web-greeting-title = 그림을 보여 주세요!
web-greeting = 선과 색, 명암을 살펴보고 그림체가 가장 비슷한 웹툰 열 편을 찾아 드려요. 그림을 아무 데나 끌어다 놓거나, 그림이나 그 주소를 붙여 넣거나, 사진을 찍어 보내세요. 여러 장을 함께 보내면 한 작가의 그림으로 봐요.
web-privacy = 보내신 그림은 살펴보기만 하고 바로 잊어요. 아무것도 저장하지 않아요.
web-samples = 이런 그림으로 시험해 보세요
web-sample-label = 샘플 그림 { $number }

web-composer = 메시지
web-tray = 보낼 그림
web-words = 그림이나 제목 보내기
web-placeholder = 그림을 끌어다 놓거나 제목이나 주소를 입력하세요
web-choose = 그림 고르기
web-take-photo = 사진 찍기
web-send = 보내기
web-remove = 빼기
web-drop-here = 여기에 놓아 주세요
web-drop-more = 그림체가 비슷한 웹툰을 찾아 드려요
web-drop-no-file = 그림 파일이 아니에요. 그림을 저장한 뒤에 끌어다 놓거나 붙여 넣어 주세요.

web-you = 나
web-your-picture = 보내신 그림
web-your-pictures = 보내신 그림 { $count }장
web-best = 「{ $title }」({ $artists })와 가장 비슷해요.
web-nearest = 카탈로그에서 그나마 가까운 웹툰
web-like-query = 「{ $title }」와 비슷한 그림체
web-thinking = 그림을 살펴보고 있어요…
web-searching = 제목을 찾아보고 있어요…
web-artists-near = 이 카탈로그 안에서 그림체가 얼마나 닮았는지 본 값이에요. 100%에서 모자란 만큼은 다른 작가일 수 있어요. 누가 그렸는지 증명하지는 않아요.
web-artists-trained = 그림체가 배운 작가 가운데 누가 그렸을 가능성이 높은지 보여 줘요. 증명은 아니에요.
web-thumbnail-of = 「{ $title }」 { $episode }화 썸네일
web-compare = 나란히 놓고 비교하기
web-score-meaning = 그림체가 얼마나 비슷한지 나타내요. 100%는 같은 그림이 아니라 같은 손이라는 뜻이에요.
web-more-like-this = 비슷한 그림체
web-save-sheet = 그림 한 장으로 저장하기
web-details = { $milliseconds }ms 만에 찾았어요
web-milliseconds = { $milliseconds }밀리초
web-stage-decode = 그림 열기
web-stage-encode = 그림체 살펴보기
web-stage-search = 카탈로그와 견주기
web-crops = 살펴본 부분
web-generation = 세대
web-close = 닫기
web-previous = 이전
web-next = 다음

web-search-found = “{ $text }” 검색 결과 { $count }편
web-search-empty = “{ $text }”에 맞는 제목이나 작가를 찾지 못했어요.
web-search-help = 제목이나 작가 이름의 일부만 입력해도 돼요.
web-episodes = { $count }화

web-error = 오류
web-error-of-file = { $name } 파일: { $sentence }
web-retry = 다시 시도하기
web-offline = 그림체에 연결할 수 없어요. 실행 중인지 확인해 주세요.

# 이유 ------------------------------------------------------------------------------------------

why-title = 왜 「{ $title }」일까요?
why-button = 왜요?
why-thinking = 자세히 들여다보고 있어요…
why-similarity = 두 그림의 그림체는 { $percent }% 비슷해요.
why-patches = 가장 닮은 세 쌍의 부분을 같은 번호와 색으로 표시했어요.
why-heat = 따뜻한 색은 닮은 곳, 차가운 색은 닮지 않은 곳이에요.
why-show-heat = 닮은 곳을 색으로 보기
why-percentiles = 카탈로그 썸네일 { $count }장 가운데 어디쯤인지 보여 줘요. 0이 가장 적고 100이 가장 많아요.
why-no-places = 이 세대는 어디를 보았는지 알려 줄 수 없어서 색과 선만 견주었어요.
why-trait = 특징
why-yours = 보내신 그림
why-theirs = 찾은 웹툰
why-palette = 색
why-palette-of = { $name }의 색: { $colours }
why-place-of = { $name }: 100 가운데 { $percent }

trait-line-weight = 선 굵기
trait-line-weight-low = 가늘어요
trait-line-weight-high = 굵어요
trait-dark-line = 짙은 선
trait-dark-line-low = 적어요
trait-dark-line-high = 많아요
trait-flatness = 고른 면
trait-flatness-low = 적어요
trait-flatness-high = 많아요
trait-contrast = 명암 대비
trait-contrast-low = 약해요
trait-contrast-high = 강해요
trait-saturation = 채도
trait-saturation-low = 흐려요
trait-saturation-high = 선명해요
trait-texture = 질감
trait-texture-low = 매끈해요
trait-texture-high = 거칠어요

# 채팅 ------------------------------------------------------------------------------------------

chat-waiting = 질문이 많이 몰렸어요. 지금 { $place }번째로 기다리고 있어요…
chat-more-like = { $rank }위와 비슷하게
chat-why = 왜 { $rank }위예요?
chat-details = 자세히
chat-back = 돌아가기
chat-next-picture = 다음 그림
chat-send-next = 이 메시지에 답장으로 다음 그림을 보내 주세요.
chat-next-placeholder = 그림, 스티커, 링크
chat-show-anyway = 그래도 가까운 웹툰 보기
chat-adult-left-out = 성인 작품 { $count }편은 여기서 보여 드리지 않아요. 개인 채팅에서는 볼 수 있어요.
chat-thanks = 고마워요, 적어 뒀어요!
chat-taken-back = 취소했어요.
chat-not-yours = 질문하신 분만 누를 수 있어요.
chat-error-of-picture = { $number }번째 그림: { $sentence }
chat-apology = 답을 드리기 전에 멈춰 버렸어요. 미안하지만 다시 보내 주세요.
chat-maybe-lost = 답변이 잘 도착했는지 확실하지 않아요. 보이지 않으면 그림을 다시 보내 주세요.
chat-hint = 그림, 스티커, GIF나 그림 링크를 보내 주시면 그림체가 가장 비슷한 웹툰을 찾아 드려요.

# 채팅 명령 ------------------------------------------------------------------------------------

chat-hello =
    안녕하세요, 그림체예요! 그림을 보내 주시면 그림체가 가장 비슷한 웹툰 열 편과 그렸을 만한 작가를 찾아 드려요.

    사진, 스티커, GIF, 링크, 여러 장 모두 좋아요. 웹툰 제목을 보내셔도 돼요. 나머지는 /help 에 있어요.
chat-hello-group =
    안녕하세요! 그림체로 웹툰을 찾아 드려요.

    그림에 /similar 로 답장하거나 { $mention } 을 불러서 그림을 보내 주세요. 그 밖에는 조용히 있을게요. 관리자는 아래에서 설정을 바꿀 수 있어요.
chat-try = 이 그림으로 해 보기
chat-add-to-group = 그룹에 초대하기
chat-open-private = 개인 채팅 열기

chat-help =
    그림을 보내 주시면 그림체가 가장 비슷한 웹툰을 찾아 드려요. 여러 장을 함께 보내면 한 작가의 그림으로 봐요.

    /similar 제목 – 이 웹툰과 그림체가 비슷한 웹툰. 그림에 답장하면 그 그림으로 찾아요
    /like 2 – 제 답변에 답장으로: 2위와 비슷한 웹툰
    /why 2 – 제 답변에 답장으로: 왜 2위일까요?
    /webtoon 제목 – 웹툰 정보
    /artist 이름 – 작가의 웹툰
    /settings – 언어, 답변 모양, 결과 수
    /language – 언어만 바꾸기
    /feedback 내용 – 관리자에게 쓰기
    /privacy – 무엇을 기억하는지
    /forgetme – 기억 지우기
    /about – 버전과 카탈로그

    다른 채팅에서는 { $mention } 뒤에 제목을 써 보세요.
chat-help-group =
    그림에 /similar 로 답장하거나 { $mention } 을 불러서 그림을 보내 주시면 그림체가 비슷한 웹툰을 찾아 드려요.

    /similar 제목 – 이 웹툰과 그림체가 비슷한 웹툰
    /like 2, /why 2 – 제 답변에 답장으로
    /webtoon 제목, /artist 이름 – 제가 아는 것
    /settings – 이 그룹의 관리자만

    불러도 대답이 없으면 저를 관리자로 만들거나 프라이버시 모드를 꺼 주세요. 답장과 명령은 언제나 받을 수 있어요.
chat-help-admin =
    관리자용: /status, /stats 7, /ban 아이디 이유 (또는 답장으로), /unban 아이디, /scrape, /retrain, /rollback, /generations
chat-about =
    그림체 { $version }, MIT AND Apache-2.0
    세대: { $generation }
    카탈로그: 작가 { $artists }명의 웹툰 { $webtoons }편, 섬네일 { $pictures }장
chat-privacy =
    보내신 그림은 메모리에서만 살펴보고 저장하지 않아요.

    30일 동안 두는 것: 그림의 지문, 제 답변, 메신저가 파일에 붙인 이름, 물어보신 때와 걸린 시간, 누르신 엄지, 그리고 누구인지 알 수 없게 바꾼 값이에요. 아이디는 두지 않아요. 다만 /feedback 으로 관리자에게 쓰시면 답장을 보낼 수 있게 채팅을 기억해요.

    바꾸실 때까지 두는 것: 채팅의 설정이에요. 이것도 알 수 없게 바꾼 값으로 두어요. 글은 저장하지도 기록하지도 않아요.

    /forgetme 를 쓰면 모두 바로 지워요. 차단만 남아요.

chat-usage-similar = 그림에 /similar 로 답장하거나 뒤에 제목을 써 주세요: /similar 제목
chat-usage-webtoon = 뒤에 제목을 써 주세요: /webtoon 제목
chat-usage-artist = 뒤에 이름을 써 주세요: /artist 이름
chat-usage-like = 제 답변에 /like 와 순위로 답장하거나 제목을 써 주세요: /like 2, /like 제목
chat-usage-why = 제 답변에 /why 와 순위로 답장해 주세요: /why 2
chat-which = “{ $title }”에 맞는 웹툰이 여러 편이에요. 어느 쪽일까요?
chat-which-artist = “{ $name }”에 맞는 작가가 여럿이에요. 누구일까요?
chat-no-artist = “{ $name }” 작가를 찾지 못했어요. 이름의 일부만 써 보세요.
chat-no-title = “{ $title }”에 맞는 제목이나 작가를 모르겠어요. 그림을 보내 주시면 그림체가 비슷한 웹툰을 찾아 드려요.
chat-adult-elsewhere = 성인 작품이라 개인 채팅에서만 보여 드려요.
chat-for-adults = 성인
chat-more-like-this = 비슷한 그림체
chat-more-by = { $artist } 작가의 다른 웹툰
chat-artist-works = { $artist } 작가의 웹툰 { $count }편
chat-and-more = 그 밖에 { $count }편
chat-episodes = { $count }화
chat-credit-painter = 그림: { $names }
chat-credit-writer = 글: { $names }
chat-credit-original = 원작: { $names }
chat-status-ongoing = 연재 중
chat-status-hiatus = 휴재
chat-status-finished = 완결
chat-status-gone = 지금은 볼 수 없음

chat-settings = 여기서는 어떻게 답할까요?
chat-choose-language = 여기서는 어떤 언어로 말할까요?
chat-language-auto = 앱과 같게
chat-form-sheet = 그림 한 장
chat-form-album = 앨범
chat-results = { $count }편
chat-automatic = 모든 그림에 답하기
chat-done = 완료
chat-chosen = 바꿨어요.
chat-settings-done = 설정을 마쳤어요. /settings 로 다시 열 수 있어요.
chat-group-admins-only = 이 그룹의 관리자만 바꿀 수 있어요.

chat-feedback-ask = 관리자에게 무슨 말을 전할까요? 이 메시지에 답장해 주세요.
chat-feedback-sent = 고마워요! 관리자에게 전했어요. 답이 오면 여기로 알려 드릴게요.
chat-feedback-nobody = 지금은 연락할 수 있는 관리자가 없어요. 나중에 다시 시도해 주세요.
chat-feedback-from = { $name } 님의 말:
chat-feedback-answer = 관리자의 답장
chat-feedback-answered = 답장을 보냈어요.
chat-feedback-forgotten = 오래된 메시지라 누가 썼는지 이제 기억나지 않아요.
chat-feedback-unreachable = 이제 연락할 수 없는 분이에요.

chat-forget-ask = 질문, 답변, 엄지, 관리자에게 쓰신 말, 개인 채팅의 설정까지 모두 잊을까요? 되돌릴 수 없어요.
chat-forget-yes = 잊어 주세요
chat-forget-no = 그대로 두기
chat-forgotten = { $count ->
    [0] 기억하고 있던 것이 없었어요.
   *[other] 다 잊었어요. 기록 { $count }개를 완전히 지웠어요.
}
chat-forget-kept = 아무것도 지우지 않았어요.

chat-guest-usage = 그림에 답장하면서 저를 부르거나 제목과 함께 불러 주시면 그림체가 비슷한 웹툰을 찾아 드려요.
chat-inline-empty = “{ $title }” 제목이 없어요. 그림을 보내 주세요
chat-inline-hint = 그림을 보내서 찾기
chat-inline-more = 그림체가 비슷한 웹툰

chat-admins-only = 봇의 관리자만 쓸 수 있어요.
chat-ban = 차단하기
chat-unban = 차단 풀기
chat-banned = { $id } 님을 차단했어요.
chat-banned-because = { $id } 님을 차단했어요: { $reason }
chat-unbanned = { $id } 님이 다시 쓸 수 있어요.
chat-not-banned = { $id } 님은 차단되어 있지 않았어요.
chat-ban-told = { $admin } 님이 { $id } 님을 차단했어요: { $reason }
chat-no-reason = 이유 없음
chat-ban-usage = 메시지에 /ban 과 이유로 답장하거나 아이디를 써 주세요: /ban 12345 이유
chat-unban-usage = 메시지에 /unban 으로 답장하거나 아이디를 써 주세요: /unban 12345
chat-ban-admin = 관리자는 차단할 수 없어요.
chat-ban-nobody = 그룹이나 채널 이름으로 쓴 글은 여기서 차단할 수 없어요.

backup-failed = 오늘의 백업을 만들지 못했어요.
scrape-runs = { $time } 동안 수집하고 있어요
scrape-already = 이미 수집하고 있어요.
scrape-asks = { $platform }: 무엇이 있는지 묻고 있어요…
scrape-visits = { $platform }: 웹툰 { $total }편 가운데 { $webtoons }편, 새 섬네일 { $pictures }장
scrape-embeds = { $platform }: 새 그림을 살펴보고 있어요. { $percent }%
scrape-brought = { $platform }: 새 웹툰 { $webtoons }편, 새 회차 { $episodes }화{ $artists ->
    [0] .
   *[other] , 새 작가 { $artists }명.
}
scrape-skipped = 건너뛴 것: { $count }개.
scrape-stop = 멈추기
scrape-stopped = 수집을 멈췄어요. 다음에 이어서 해요.
scrape-done = 수집을 마쳤어요.
scrape-interrupted = 수집이 중간에 끊겼어요. 다음에 이어서 해요.
scrape-elsewhere = 다른 프로세스가 { $time } 동안 수집하고 있어요: { $percent }%
scrape-stopping = { $time } 만에 수집을 멈추고 있어요…
scrape-none = 지금은 수집하고 있지 않아요.
scrape-usage = 무엇을 수집할지 /scrape naver 처럼 써 주세요: { $platforms }. /scrape stop 으로 멈춰요. 이름을 쓰지 않으면 GRIMCHE_SCRAPE_PLATFORMS의 플랫폼인데, 지금은 비어 있어요.
scrape-degraded = 있던 것은 그대로 두었어요. 플랫폼이 보낸 내용의 윤곽은 logs/drift/{ $file } 파일에 있고, `grimche scrape --check` 명령이 어떤 항목이 사라졌는지 알려 줘요.
scrape-news = 카탈로그에 새로 들어왔어요

time-minutes = { $count }분
time-hours = { $count }시간
retrain-ask =
    섬네일이 { $minimum }장 이상 있는 작가 { $artists }명, 모두 { $pictures }장으로 새 세대를 학습할까요?

    이 컴퓨터에서는 { $time }쯤 걸려요. 그동안에도 질문에 답하고, 새 세대는 나빠지지 않았을 때만 쓰여요.
retrain-go = 시작하기
retrain-leave = 그만두기
retrain-left-alone = 아무것도 바꾸지 않았어요.
retrain-init-starter = 기본 세대에서
retrain-init-current = 지금 세대에서
retrain-init-scratch = 처음부터
retrain-quick = 빠르게
retrain-full = 충분히
retrain-minimum = { $count }장 이상
retrain-already = 이미 학습하고 있어요.
retrain-runs = { $time } 동안 학습하고 있어요: { $percent }%
retrain-stopping = { $time } 만에 학습을 멈추고 있어요…
retrain-cancel = 취소하기
retrain-cancelled = 학습을 취소했어요. 지금 세대를 계속 써요.
retrain-failed = 학습하지 못했어요. 지금 세대를 계속 써요.
retrain-stage-collect = 섬네일을 모으고 있어요
retrain-stage-train = 배우고 있어요
retrain-stage-export = 작게 만들고 있어요
retrain-stage-embed = 카탈로그를 살펴보고 있어요
retrain-stage-compare = 지금 세대와 견주고 있어요
retrain-epoch = 에포크 { $epoch }/{ $epochs }, 손실 { $loss }
retrain-score = 떼어 둔 회차에서 작가를 맞힌 비율: { $percent }
retrain-left = { $time }쯤 남았어요
retrain-serves = 이제 { $generation } 세대로 답해요.
retrain-kept = { $generation } 세대를 만들었지만 쓰지는 않아요.
retrain-worse = 이전 세대보다 작가를 덜 찾아요. 우연이라고 보기 어려운 차이예요.
retrain-not-worse = 이전 세대보다 작가를 덜 찾는다고 볼 수 없어요.
retrain-measure-episodes = { $number }: 떼어 둔 회차의 섬네일 { $asked }장에서 작가를 맞힌 비율
retrain-measure-webtoons = { $number }: 떼어 둔 웹툰의 섬네일 { $asked }장에서 작가를 맞힌 비율
retrain-row = { $number }  전 { $before }  후 { $after }  ({ $interval })
retrain-promote = 그래도 쓰기
retrain-discard = 버리기
rollback-ask = 지금은 { $generation } 세대로 답해요. 그 전에 쓰던 세대로 돌아갈까요?
rollback-go = 되돌리기
promote-runs = { $generation } 세대를 쓸 수 있게 준비하고 있어요: { $percent }%
promote-failed = { $generation } 세대로 바꾸지 못했어요. 다시 시도할 수 있어요.
rollback-changed = 그사이 { $generation } 세대로 바뀌어서 아무것도 하지 않았어요.
generations-list = 세대 목록 (● 지금 쓰는 세대)
generations-line = { $sign } { $generation }, { $made } 생성, 배운 작가 { $artists }명
generations-serve = { $generation } 쓰기
generations-drop = { $generation } 세대를 완전히 버릴까요?
generations-discard = { $generation } 버리기
discard-runs = { $generation } 세대를 버리고 있어요…
discard-failed = { $generation } 세대를 끝까지 버리지 못했어요. 다시 시도할 수 있어요.
generations-gone = { $generation } 세대를 버렸어요.

chat-status =
    그림체 { $version }
    세대: { $generation }, 벡터 { $vectors }개
    카탈로그: 웹툰 { $webtoons }편, 작가 { $artists }명, { $episodes }화, 섬네일 { $pictures }장
    데이터: { $megabytes } MB, 디스크에 { $free } GB 남음
chat-status-not-serving = 이 데이터 폴더로 서비스 중인 프로세스가 없어요.
chat-status-process = 서비스한 시간 { $uptime }, 메모리 { $megabytes } MB
chat-status-stuck = { $at } UTC 이후로 응답이 없어요.
chat-status-queue = 대기열: 처리 중 { $running }개, 대기 { $waiting }개, 돌려보냄 { $rejected }개
chat-status-door = { $door }: { $state } ({ $since } UTC부터)
chat-status-faults = 최근 오류
chat-status-fault = { $when } UTC · { $reference } · { $sentence }
chat-door-open = 열림
chat-door-away = 네트워크가 응답하지 않음
chat-door-broken = 고장, 다시 여는 중
chat-door-closed = 닫힘
chat-status-jobs = 최근 작업
chat-status-job = { $kind } ({ $who }): { $state }, { $percent }%
chat-stats =
    { $since } 이후 (UTC)
    질문: { $queries }개, 답변 { $answered }개, 실패 { $failed }개
    이용한 사람: { $people }명
    답까지 걸린 시간(초): 중앙값 { $median }, 95%는 { $p95 } 안에
    👍 { $up }  👎 { $down }
chat-stats-days = 날짜, 질문, 사람
chat-stats-generation = { $generation }: 답변 { $answers }개, 👍 { $up }  👎 { $down }
chat-complaints = 아쉽다는 평을 받은 답변
chat-complaint = { $when } UTC · { $generation } · { $titles } · { $reference }
stats-queries = 질문
stats-failed = 실패
stats-median = 중앙값(초)
stats-p95 = 95% 이내(초)
stats-up = 좋아요
stats-down = 아쉬워요
stats-by-day = 날짜별 질문 수(UTC)
stats-by-generation = 세대별 평가

chat-command-similar = 그림이나 제목과 그림체가 비슷한 웹툰
chat-command-like = 답변 속 웹툰이나 제목과 비슷한 웹툰
chat-command-why = 왜 비슷한지 보기
chat-command-webtoon = 웹툰 정보
chat-command-artist = 작가의 웹툰
chat-command-settings = 언어, 답변 모양, 결과 수
chat-command-language = 언어 고르기
chat-command-feedback = 관리자에게 쓰기
chat-command-privacy = 무엇을 얼마나 기억하는지
chat-command-forgetme = 나에 대한 기억 지우기
chat-command-about = 버전, 라이선스, 카탈로그
chat-command-start = 예시 그림으로 시작하기
chat-command-help = 할 수 있는 일
chat-command-status = 그림체의 상태
chat-command-stats = 이용 현황
chat-command-ban = 이용 막기
chat-command-unban = 차단 풀기
chat-command-scrape = 카탈로그 새로 고치기
chat-command-retrain = 새 세대 학습하기
chat-command-rollback = 이전 세대로 돌아가기
chat-command-generations = 세대 목록과 지금 쓰는 세대

telegram-description = 그림을 보내 주시면 그림체가 가장 비슷한 웹툰 열 편과 그렸을 만한 작가를 찾아 드려요. 그림은 저장하지 않아요.
telegram-short-description = 그림체로 웹툰을 찾아 드려요. 그림을 보내 보세요!

# 디스코드의 명령: 거기에서 쓰는 이름과 옵션 ------------------------------------------------------

discord-name-similar = 비슷한그림체
discord-name-like = 비슷한웹툰
discord-name-why = 이유
discord-name-webtoon = 웹툰
discord-name-artist = 작가
discord-name-help = 도움말
discord-name-about = 소개
discord-name-privacy = 개인정보
discord-name-forgetme = 기억지우기
discord-name-feedback = 의견
discord-name-language = 언어
discord-name-settings = 설정
discord-name-status = 상태
discord-name-stats = 이용현황
discord-name-ban = 차단
discord-name-unban = 차단풀기
discord-name-scrape = 수집
discord-name-retrain = 재학습
discord-name-rollback = 되돌리기
discord-name-generations = 세대목록
discord-menu-similar = 비슷한 그림체 찾기
discord-menu-avatar = 프로필과 비슷한 그림체 찾기
discord-about-like = 카탈로그의 한 웹툰과 그림체가 비슷한 웹툰
discord-about-why = 여기서 받은 마지막 답변이 왜 비슷한지 보기
discord-about-settings = 언어, 채널, 누가 답변을 볼지 고르기

discord-option-image = 그림
discord-option-image-about = 그림체를 찾을 그림
discord-option-image2 = 그림2
discord-option-image2-about = 같은 작가의 다른 그림
discord-option-image3 = 그림3
discord-option-image3-about = 같은 작가의 세 번째 그림
discord-option-title = 제목
discord-option-title-about = 제목의 일부만 써도 돼요
discord-option-name = 이름
discord-option-name-about = 이름의 일부만 써도 돼요
discord-option-private = 나만보기
discord-option-private-about = 답변을 나만 볼지
discord-option-rank = 순위
discord-option-rank-about = 답변 속의 번호
discord-option-language = 언어
discord-option-language-about = 저에게서 답변을 받을 언어
discord-option-words = 내용
discord-option-words-about = 하고 싶은 말
discord-option-platform = 플랫폼
discord-option-platform-about = 어느 플랫폼인지, 멈추려면 stop
discord-option-user = 사용자
discord-option-user-about = 누구인지. 아이디도 돼요
discord-option-reason = 이유
discord-option-reason-about = 다른 관리자에게만 알리고 남기지 않아요
discord-option-days = 일수
discord-option-days-about = 지난 며칠 동안

discord-help =
    그림을 주시면 그림체가 가장 비슷한 웹툰을 찾아 드려요.

    /{ discord-name-similar } { discord-option-image } – 그림으로 찾기. 여러 장은 한 작가의 그림으로 봐요. { discord-option-private } 옵션을 켜면 답변이 나에게만 보여요
    /{ discord-name-similar } { discord-option-title }, /{ discord-name-like } { discord-option-title } – 이 웹툰과 그림체가 비슷한 웹툰
    /{ discord-name-why } – 마지막 답변의 웹툰이 왜 비슷한지
    /{ discord-name-webtoon } { discord-option-title }, /{ discord-name-artist } { discord-option-name } – 제가 아는 것
    메시지에서: 앱 › 비슷한 그림체 찾기. 사람에게서: 앱 › 프로필과 비슷한 그림체 찾기
    그림과 함께 저를 부르거나 저에게 바로 보내셔도 돼요

    /{ discord-name-language } – 답변을 받을 언어
    /{ discord-name-settings } – 이 서버를 관리하는 분만
    /{ discord-name-feedback } { discord-option-words } – 관리자에게 쓰기
    /{ discord-name-privacy }, /{ discord-name-forgetme } – 무엇을 기억하는지, 어떻게 지우는지
    /{ discord-name-about } – 버전과 카탈로그
discord-help-admin = 관리자용, 관리자 서버에서만: /{ discord-name-status }, /{ discord-name-stats }, /{ discord-name-ban }, /{ discord-name-unban }, /{ discord-name-scrape }, /{ discord-name-retrain }, /{ discord-name-rollback }, /{ discord-name-generations }
discord-privacy =
    보내신 그림은 메모리에서만 살펴보고 저장하지 않아요.

    30일 동안 두는 것: 그림의 지문, 제 답변, 디스코드가 파일에 붙인 이름, 물어보신 때와 걸린 시간, 누르신 엄지, 그리고 누구인지 알 수 없게 바꾼 값이에요. 아이디는 두지 않아요. 다만 /{ discord-name-feedback } 명령으로 관리자에게 쓰시면 답장을 보낼 수 있게 아이디를 기억해요.

    바꾸실 때까지 두는 것: 나와 서버의 설정이에요. 이것도 알 수 없게 바꾼 값으로 두어요. 글은 저장하지도 기록하지도 않아요.

    /{ discord-name-forgetme } 명령을 쓰면 모두 바로 지워요. 차단만 남아요.
discord-adult-elsewhere = 성인 작품이라 연령 제한 채널에서만 보여 드려요.
discord-choose = 골라 주세요…
discord-language-chosen = 이제부터 이렇게 답변해 드려요.
discord-settings =
    이 서버에서 어떻게 답변할까요?

    각자 /{ discord-name-language } 명령으로 고른 언어가 먼저예요. 고르지 않은 채널에서는 한 사람만 보는 답변 말고는 조용히 있어요.
discord-settings-language = 언어
discord-settings-language-auto = 각자의 앱 언어대로
discord-settings-answers = 누가 답변을 볼지
discord-settings-public = 모두가 답변을 봐요
discord-settings-private = 물어본 사람만 답변을 봐요
discord-settings-channels = 답변할 채널 (고르지 않으면 모두)
discord-settings-automatic = 모든 그림에 답변할 채널
discord-settings-no-automatic = 채널의 모든 그림에 답변하려면 메시지 내용 인텐트가 필요한데, 저를 운영하는 분이 켜 두지 않았어요.
discord-managers-only = 이 서버를 관리하는 분만 바꿀 수 있어요.
discord-servers-only = 서버에서 쓰는 명령이에요.
discord-closed-here = 이 서버의 관리자가 다른 채널을 골라 두었어요. 여기서는 답변이 나에게만 보여요.
discord-job-direct = 진행 상황은 다이렉트 메시지로 알려 드릴게요.
discord-job-unreachable = 다이렉트 메시지를 보낼 수 없어요. 진행 상황은 /{ discord-name-status } 명령으로 볼 수 있어요.
discord-feedback-sent = 고마워요! 관리자에게 전했어요. 답장은 다이렉트 메시지로 와요.

# 오류: 무엇이 잘못되었고 어떻게 하면 되는지 한 문장씩 ------------------------------------------

error-unexpected = 저희 쪽에서 문제가 생겼어요. 잠시 뒤에 다시 시도해 주세요.
error-reference = 저희 쪽에서 문제가 생겼어요(참조 번호 { $reference }). 잠시 뒤에 다시 시도해 주세요.
error-settings = 다음 설정을 고쳐 주세요: { $faults }
error-picture = 이 그림은 사용할 수 없어요.
error-empty-file = 빈 파일이에요. 그림을 다시 보내 주세요.
error-not-a-picture = 그림 파일이 아니에요. JPEG, PNG, WebP, GIF, BMP, AVIF 파일을 보내 주세요.
error-page-not-picture = 이 주소는 그림이 아니라 웹 페이지예요. 그림만 따로 열어서 그 주소를 보내 주세요.
error-unsupported-format = { $format } 형식의 그림은 읽을 수 없어요. JPEG나 PNG로 저장해서 다시 보내 주세요.
error-damaged-picture = 그림이 손상되었거나 중간에 잘렸어요. 다시 보내 주세요.
error-picture-too-small = 그림이 너무 작아요({ $width }×{ $height }). 가로와 세로가 각각 { $minimum }픽셀은 되어야 해요.
error-picture-too-large = 그림이 너무 커요({ $width }×{ $height }). { $maximum }메가픽셀까지 볼 수 있어요.
error-file-too-large = 파일이 너무 커요({ $size } MB). { $maximum } MB까지 보낼 수 있어요.
error-too-many-pictures = 그림이 { $count }장이에요. 한 번에 { $maximum }장까지 보내 주세요.
error-address-refused = 이 주소는 열 수 없어요. 누구나 볼 수 있는 http나 https 주소를 보내거나 그림을 직접 보내 주세요.
error-address-unreachable = { $host }에서 그림을 받지 못했어요. 주소를 확인하거나 그림을 직접 보내 주세요.
error-catalogue = 카탈로그에서 답을 찾을 수 없어요.
error-empty-catalogue = 카탈로그가 비어 있어요. `grimche import DIR` 또는 `grimche scrape --source sample`로 채워 주세요.
error-webtoon-not-found = “{ $title }” 제목의 웹툰을 찾지 못했어요. 제목의 일부만 입력해 보세요.
error-artist-not-found = “{ $alias }”와 “{ $artist }”는 합칠 수 없어요. 둘 중 한 사람이 목록에 없어요.
error-folder = { $folder } 폴더를 가져올 수 없어요: { $fault }
error-storage = 데이터베이스 { $path } 파일을 사용할 수 없어요: { $fault }
error-database-locked = 다른 프로세스가 { $path } 파일에 쓰고 있어요. 잠시 뒤에 다시 시도해 주세요.
error-database-read-only = { $path } 파일에 쓸 수 없어요. 이 사용자에게 폴더의 쓰기 권한을 주세요.
error-database-corrupt = { $path } 파일이 손상되었어요. 백업으로 바꿔 주세요(`grimche backup` 참고).
error-database-foreign = { $path } 파일은 그림체 데이터베이스가 아니에요. 다른 GRIMCHE_DATA 폴더를 골라 주세요.
error-database-newer = { $path } 파일은 더 새로운 그림체(버전 { $found })에서 만들어졌어요. 그림체를 업데이트해 주세요.
error-disk-full = { $path } 파일이 있는 디스크가 가득 찼어요. 공간을 비우고 다시 시도해 주세요.
error-generation = { $generation } 세대를 사용할 수 없어요.
error-generation-missing = { $generation } 세대가 온전하지 않아요. { $file } 파일이 없어요.
error-generation-corrupt = { $generation } 세대가 손상되었어요({ $file }). 다시 설치해 주세요.
error-generation-mismatch = { $generation } 세대가 맞지 않아요: { $fault }
error-generation-serves = { $generation } 세대가 지금 쓰이고 있어요. 먼저 다른 세대로 바꿔 주세요.
error-nothing-before = { $generation } 전에 쓰인 세대가 없어서 되돌릴 수 없어요.
error-training = 학습할 수 없어요: { $fault }
error-training-killed = 학습이 밖에서 { $times }번 강제로 끝났어요. 메모리가 부족할 때 흔히 일어나는 일이니, 메모리를 비우거나 다른 컴퓨터에서 `grimche export-set`으로 학습해 주세요.
error-too-little-to-score = 평가하기엔 부족해요. 회차가 여러 개인 작가가 두 명은 있어야 하는데 { $left }명뿐이에요. 더 추가해 주세요.
error-source = { $platform } 플랫폼을 읽을 수 없어요: { $fault }
error-gated = { $platform } 플랫폼의 { $where }: 로그인한 독자만 볼 수 있어요.
error-not-there-any-more = { $platform } 플랫폼의 { $where }에는 아무것도 없어요.
error-no-answer = { $platform } 플랫폼이 제대로 응답하지 않았어요: { $host } { $fault }
error-shape-changed = { $platform } 플랫폼의 인터페이스가 바뀌었어요. { $where }의 { $field } 항목이 예전과 달라요.
error-run-ended = { $platform } 플랫폼에서 더 가져올 수 없어요.
error-host-refused = { $platform } 플랫폼이 요청을 거절해요: { $host } { $fault } 하루쯤 기다렸다가 요청 속도를 낮춰 주세요.
error-robots-forbid = { $platform } 플랫폼은 { $path } 경로를 가져가지 않기를 원해요. { $host }의 robots.txt가 막고 있어요.
error-host-unreachable = { $platform } 플랫폼이 응답하지 않아요: { $host } { $fault } 나중에 다시 시도해 주세요.
error-budget-spent = 이번 실행에 허용된 요청 { $maximum }번을 다 썼어요. 다음 실행이 이어서 해요.
error-cannot-listen = 웹 채팅을 { $host } 주소의 { $port } 포트에서 열 수 없어요: { $fault } --port로 다른 포트를 골라 주세요.
error-file-not-writable = { $path } 파일을 쓸 수 없어요: { $fault }
error-already-running = 다른 프로세스가 이 작업({ $job })을 하고 있어요. 끝날 때까지 기다려 주세요.
error-stopped = 다른 곳에서 멈추게 했어요. 다음 실행은 여기서 이어져요.
error-busy = 지금 질문이 많이 몰려 있어요. 잠시 뒤에 다시 시도해 주세요.
error-slow-down = 조금 빨라요. { $seconds }초 뒤에 다시 물어봐 주세요.
error-expired = 오래된 답변이라 이제 기억나지 않아요. 그림을 다시 보내 주세요.
error-closing = 지금 다시 시작하는 중이에요. 잠시 후에 다시 해 주세요.
error-banned = 관리자가 이용을 막아서 더는 답할 수 없어요.
error-bad-request = 요청을 이해하지 못했어요. 화면을 새로 고치고 다시 시도해 주세요.
error-forbidden = 이 주소로는 열 수 없어요. 그림체가 알려 준 주소로 열어 주세요.
error-not-there = 이 주소에는 아무것도 없어요.
error-no-picture = 도착한 그림이 없어요. 한 장 이상 골라 주세요.
error-upload-too-large = 한 번에 보내기에는 그림이 너무 커요. { $maximum } MB까지 보낼 수 있어요.
error-not-handed-over = 채팅 서버에서 그림을 받지 못했어요. 다시 보내 주세요.
error-token-refused = { $door } 서버가 토큰을 받아 주지 않아요. { $setting } 설정을 확인하거나 새 토큰을 받아 주세요.
error-second-poller = 다른 프로세스가 이 봇의 메시지를 읽고 있어요. 그 프로세스를 멈추거나 다른 토큰을 써 주세요.
error-backup-damaged = { $path } 백업을 복원할 수 없어요: { $fault } 다른 백업을 골라 주세요.
error-in-use = 다른 프로세스가 { $data } 폴더로 서비스하고 있어요. 먼저 `grimche serve`를 멈춰 주세요.
restored = { $file } 백업을 복원했어요.
restored-before = 이전 데이터베이스는 { $name }에 남겨 두었어요. 이상이 없으면 지워도 돼요.
error-metrics-cannot-listen = 메트릭을 { $host }의 { $port }번 포트에서 열 수 없어요: { $fault }. GRIMCHE_METRICS_PORT로 다른 포트를 골라 주세요.
error-webhook-cannot-listen = 웹훅을 { $host } 주소의 { $port } 포트에서 열 수 없어요: { $fault } GRIMCHE_TELEGRAM_WEBHOOK_PORT로 다른 포트를 골라 주세요.

discord-presence = 웹툰 { $count }편
discord-more = 비슷한 웹툰 더 보기…
discord-more-option = { $rank }. { $title }
discord-share = 공유하기
discord-shared = { $name } 님이 공유했어요
discord-share-done = 이제 여기 있는 모두가 볼 수 있어요.
discord-which-picture = 이 메시지에는 그림이 여러 장 있어요. 어느 그림을 찾아 드릴까요?
discord-which-pictures = 그림을 골라 주세요
discord-picture = { $number }번째 그림
discord-all-pictures = 한 작가가 그린 것으로 보고 모두
discord-no-picture = 이 메시지에는 그림이 없어요.
discord-no-avatar = 직접 올린 프로필 그림이 없어요.
discord-usage-why = 먼저 그림을 찾아 주세요. 그다음 /{ discord-name-why } 명령을 쓰면 여기서 받은 마지막 답변의 이유를 알려 드려요.
discord-adult-left-out = 성인 작품 { $count }편은 뺐어요. 연령 제한 채널에서는 보여 드려요.
discord-usage-similar = 그림 옵션에 그림을 넣거나 제목을 골라 주세요.

# 진단 ---------------------------------------------------------------------------------------------

doctor-severity = 정도
doctor-what = 문제
doctor-remedy = 해결 방법
doctor-fault = 고장
doctor-warning = 주의
doctor-healthy = 문제가 없어요.
doctor-settings = 쓸 수 없는 설정이 있어요: { $faults }.
doctor-settings-remedy = .env나 환경 변수에서 고쳐 주세요. .env.example에 설명이 있어요.
doctor-token = { $door }에서 토큰을 알아보지 못해요.
doctor-token-remedy = { $setting }에 다시 복사해 넣거나 새 토큰을 받아 주세요.
doctor-unreachable = { $host }에서 응답이 없어요 ({ $fault }).
doctor-unreachable-remedy = 네트워크와 DNS, 방화벽, 설정에 적은 주소를 확인해 주세요.
doctor-unwilling = { $host } 서버가 { $status } 코드로 답했어요. 접근을 거부하는 것 같아요.
doctor-unwilling-remedy = 내일 다시 해 보세요. 그래도 같으면 GRIMCHE_API_RATE 값을 낮추거나 이 서버의 네트워크가 막혀 있는지 확인해 주세요.
doctor-clock = 시계가 { $seconds }초 어긋나 있어요.
doctor-clock-remedy = 시간 동기화(systemd-timesyncd 또는 chrony)를 켜 주세요.
doctor-no-database = 아직 { $path }에 데이터베이스가 없어요.
doctor-no-database-remedy = `grimche import`나 `grimche scrape`로 카탈로그를 채우거나 GRIMCHE_DATA를 확인해 주세요.
doctor-database = 데이터베이스를 쓸 수 없어요: { $fault }
doctor-database-remedy = 서비스를 멈추고 `grimche restore FILE`로 백업을 복원해 주세요. 더 새로운 그림체에서 만든 것이라면 그 버전이 필요해요.
doctor-references = 가리키는 대상이 없는 행이 { $count }개 있어요.
doctor-references-remedy = 서비스를 멈추고 `grimche restore FILE`로 백업을 복원해 주세요.
doctor-no-generation = 세대는 있지만 서비스 중인 세대가 없어요.
doctor-no-generation-remedy = `grimche generations list`로 확인해 하나를 서비스하게 하거나 백업을 복원해 주세요.
doctor-generation-missing = { $generation } 세대가 온전하지 않아요: { $file } 파일이 없어요.
doctor-generation-missing-remedy = `grimche generations add`로 다시 들여오거나, 백업을 복원하거나, 이전 세대로 돌아가 주세요.
doctor-generation-damaged = { $generation } 세대의 파일이 손상됐어요: { $fault }
doctor-generation-damaged-remedy = 폴더를 지우고 `grimche generations add`로 다시 들여오거나 백업을 복원해 주세요.
doctor-vectors = 섬네일 { $count }장에 벡터가 없어서 검색되지 않아요.
doctor-vectors-remedy = 다음 `grimche scrape`나 `grimche import` 때 벡터를 만들어요.
doctor-orphan = 강제로 끝난 프로세스가 { $path } 파일을 남겼어요.
doctor-orphan-remedy = 쓰이지 않으니 지워 주세요.
doctor-old-backup = 가장 새로운 백업 { $path }이(가) 사흘보다 오래됐어요.
doctor-old-backup-remedy = `grimche serve`가 돌고 있는지, 로그에 백업하지 못한 까닭이 있는지 확인해 주세요.
doctor-no-font = 한글 글꼴이 없어서 그림에 영어로 표시돼요.
doctor-no-font-remedy = `apt-get install fonts-nanum`으로 글꼴을 설치해 주세요.
doctor-no-time-zone = { $zone } 시간대를 알 수 없어요.
doctor-no-time-zone-remedy = `apt-get install tzdata`로 시간대를 설치해 주세요.
doctor-no-tensorflow = TensorFlow가 없어서 여기서는 학습할 수 없어요.
doctor-no-tensorflow-remedy = Python 3.11~3.13에서 그림체를 다시 설치하거나 다른 컴퓨터에서 학습해 주세요.
doctor-disk = { $path } 디스크에 { $free } GB만 남았어요. { $needed } GB는 있어야 해요.
doctor-disk-remedy = 공간을 비우거나, GRIMCHE_KEEP_BACKUPS로 백업 수를 줄이거나, GRIMCHE_DATA를 더 큰 디스크로 옮겨 주세요.
doctor-memory = 남은 메모리가 { $free } GB인데 학습에는 { $needed } GB가 필요해요.
doctor-memory-remedy = 다른 컴퓨터에서 학습해 주세요: `grimche export-set`, 그다음 `grimche generations add`.
doctor-readable-tokens = 이 컴퓨터의 누구나 { $path }의 토큰을 읽을 수 있어요.
doctor-readable-tokens-remedy = `chmod 600 { $path }`으로 막아 주세요.
doctor-open-data = 이 컴퓨터의 누구나 { $path }에 쓸 수 있어요.
doctor-open-data-remedy = `chmod 700 { $path }`으로 막아 주세요.
doctor-not-writable = { $path } 폴더를 읽고 쓸 수 없어요.
doctor-not-writable-remedy = 그림체를 실행하는 사용자에게 넘겨 주세요: `chown -R grimche { $path }`.
doctor-not-a-folder = { $path } 자리에 폴더가 아니라 파일이 있어요.
doctor-not-a-folder-remedy = 그 파일을 옮기거나 { $setting } 설정에 폴더를 적어 주세요.
doctor-port = { $host }의 { $port }번 포트를 쓸 수 없어요: { $fault }.
doctor-port-remedy = 다른 프로그램을 멈추거나 { $setting } 설정으로 다른 포트를 골라 주세요.
