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

score-label = 유사도
score-value = { $percent }%

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
platform-folder = 내 컬렉션
platform-sample = 샘플

# 웹 페이지 -------------------------------------------------------------------------------------

web-title = 그림체
web-tagline = 그림을 보내면 그림체가 가장 비슷한 웹툰 열 편을 찾아 드려요.
web-greeting = 안녕하세요! 웹툰 그림을 보내 주시면 그림체가 비슷한 웹툰을 찾아 드릴게요.
web-drop-hint = 그림을 끌어다 놓거나 붙여 넣거나 골라 주세요
web-drop-here = 여기에 그림을 놓아 주세요
web-choose = 그림 고르기
web-take-photo = 사진 찍기
web-samples = 이런 그림으로 시험해 보세요
web-sample-label = 샘플 그림 { $number }
web-search = 제목으로 찾기
web-search-placeholder = 제목이나 작가 이름
web-search-empty = “{ $text }”에 맞는 제목이나 작가를 찾지 못했어요.
web-more-like-this = 비슷한 웹툰 더 보기
web-thinking = 그림을 살펴보고 있어요…
web-send = 보내기
web-remove = 빼기
web-close = 닫기
web-language = 언어
web-theme = 화면 모드
web-theme-light = 밝게
web-theme-dark = 어둡게
web-theme-auto = 자동
web-your-picture = 보내신 그림
web-your-pictures = 보내신 그림 { $count }장
web-thumbnail-of = 「{ $title }」 { $episode }화 썸네일
web-save-sheet = 답변을 그림으로 저장하기
web-offline = 그림체에 연결할 수 없어요. 실행 중인지 확인해 주세요.
web-footer = 작가 { $artists }명의 웹툰 { $webtoons }편, 썸네일 { $pictures }장이 있어요.

# 오류: 무엇이 잘못되었고 어떻게 하면 되는지 한 문장씩 ------------------------------------------

error-unexpected = 저희 쪽에서 문제가 생겼어요. 잠시 뒤에 다시 시도해 주세요.
error-reference = 저희 쪽에서 문제가 생겼어요(참조 번호 { $reference }). 잠시 뒤에 다시 시도해 주세요.
error-settings = 다음 설정을 고쳐 주세요: { $faults }
error-picture = 이 그림은 사용할 수 없어요.
error-empty-file = 빈 파일이에요. 그림을 다시 보내 주세요.
error-not-a-picture = 그림 파일이 아니에요. JPEG, PNG, WebP, GIF, BMP, AVIF 파일을 보내 주세요.
error-unsupported-format = { $format } 형식의 그림은 읽을 수 없어요. JPEG나 PNG로 저장해서 다시 보내 주세요.
error-damaged-picture = 그림이 손상되었거나 중간에 잘렸어요. 다시 보내 주세요.
error-picture-too-small = 그림이 너무 작아요({ $width }×{ $height }). 가로와 세로가 각각 { $minimum }픽셀은 되어야 해요.
error-picture-too-large = 그림이 너무 커요({ $width }×{ $height }). { $maximum }메가픽셀까지 볼 수 있어요.
error-file-too-large = 파일이 너무 커요({ $size } MB). { $maximum } MB까지 보낼 수 있어요.
error-too-many-pictures = 그림이 { $count }장이에요. 한 번에 { $maximum }장까지 보내 주세요.
error-catalogue = 카탈로그에서 답을 찾을 수 없어요.
error-empty-catalogue = 카탈로그가 비어 있어요. `grimche import DIR` 또는 `grimche scrape --source sample`로 채워 주세요.
error-webtoon-not-found = “{ $title }” 제목의 웹툰을 찾지 못했어요. 제목의 일부만 입력해 보세요.
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
error-training = 학습할 수 없어요: { $fault }
error-source = { $platform } 플랫폼을 읽을 수 없어요: { $fault }
error-already-running = 다른 프로세스가 이 작업({ $job })을 하고 있어요. 끝날 때까지 기다려 주세요.
error-busy = 지금 질문이 많이 몰려 있어요. 잠시 뒤에 다시 시도해 주세요.
